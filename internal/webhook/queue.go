package webhook

import (
	"cmp"
	"container/heap"
	"slices"

	"kith/internal/chain"
	"kith/internal/store"
)

// A queue holds deliveries in memory and says which may be sent: for each user
// one at a time, in the order in which they came in, and none before its time.
type queue struct {
	jobs   map[store.EventNumber]*job
	users  map[chain.UserID][]*job // those that are about a user, the next first
	ready  dueHeap                 // those that wait for nothing but their time
	weight int                     // of all jobs
}

// A job is one delivery in a queue.
type job struct {
	store.Delivery
	users []chain.UserID
	ahead int  // users for whom another one comes first
	sent  bool // an attempt is under way
}

// pairsOfWeight is how many pairs take about as much memory as the rest of an
// event.
const pairsOfWeight = 8

// weight is how much memory a job takes, in events without pairs.
func (j *job) weight() int { return 1 + (len(j.Pairs)+len(j.Items))/pairsOfWeight }

func newQueue() *queue {
	return &queue{jobs: map[store.EventNumber]*job{}, users: map[chain.UserID][]*job{}}
}

func (q *queue) has(n store.EventNumber) bool { return q.jobs[n] != nil }

// waiting is how many there are about a user.
func (q *queue) waiting(u chain.UserID) int { return len(q.users[u]) }

// push takes a delivery in that is not there.
func (q *queue) push(d store.Delivery, users []chain.UserID) {
	j := &job{Delivery: d, users: users}
	q.jobs[d.Number] = j
	q.weight += j.weight()
	for _, u := range j.users {
		if len(q.users[u]) > 0 {
			j.ahead++
		}
		q.users[u] = append(q.users[u], j)
	}
	if j.ahead == 0 {
		heap.Push(&q.ready, j)
	}
}

// pop returns the next that may be sent at a time (Unix milliseconds), or nil.
// It comes back by again, or goes by done or drop.
func (q *queue) pop(now int64) *job {
	if len(q.ready) == 0 || q.ready[0].Next > now {
		return nil
	}
	j := heap.Pop(&q.ready).(*job)
	j.sent = true
	return j
}

// due is when the next may be sent, in Unix milliseconds; false if all wait
// for others.
func (q *queue) due() (at int64, some bool) {
	if len(q.ready) == 0 {
		return 0, false
	}
	return q.ready[0].Next, true
}

// again puts a delivery back that must be sent once more.
func (q *queue) again(j *job) {
	j.sent = false
	heap.Push(&q.ready, j)
}

// drop takes out a delivery that was popped, with all that must not overtake
// it, and returns whom they are about.
func (q *queue) drop(j *job) (users []chain.UserID) {
	for behind := []*job{j}; len(behind) > 0; {
		last := len(behind) - 1
		j, behind = behind[last], behind[:last]
		if !q.has(j.Number) {
			continue
		}
		q.remove(j)
		users = append(users, j.users...)
		for _, u := range j.users {
			behind = append(behind, q.cut(u, j)...)
		}
	}
	return users
}

func (q *queue) remove(j *job) {
	delete(q.jobs, j.Number)
	q.weight -= j.weight()
}

// cut ends the line of a user before j and returns what stood behind it.
func (q *queue) cut(u chain.UserID, j *job) []*job {
	line := q.users[u]
	i := slices.Index(line, j)
	switch {
	case i < 0:
		return nil
	case i == 0:
		delete(q.users, u)
	default:
		q.users[u] = line[:i:i]
	}
	return line[i+1:]
}

// reset takes out all but those whose attempts are under way: each of them is
// the first for all its users.
func (q *queue) reset() {
	all := q.jobs
	*q = *newQueue()
	for n, j := range all {
		if !j.sent {
			continue
		}
		q.jobs[n] = j
		q.weight += j.weight()
		for _, u := range j.users {
			q.users[u] = []*job{j}
		}
	}
}

// done ends a delivery and lets those behind it follow.
func (q *queue) done(j *job) {
	q.remove(j)
	for _, u := range j.users {
		line := q.users[u][1:] // j was the first
		if len(line) == 0 {
			delete(q.users, u)
			continue
		}
		q.users[u] = line
		if line[0].ahead--; line[0].ahead == 0 {
			heap.Push(&q.ready, line[0])
		}
	}
}

// A dueHeap has the delivery on top that may be sent first.
type dueHeap []*job

// Len implements [heap.Interface].
func (h dueHeap) Len() int { return len(h) }

// Less implements [heap.Interface]. One that was never tried has been due since it
// began to wait, so that further attempts have their turn as well.
func (h dueHeap) Less(i, k int) bool {
	return cmp.Or(cmp.Compare(h[i].since(), h[k].since()), cmp.Compare(h[i].Number, h[k].Number)) < 0
}

// since is when a job was or is due, in Unix milliseconds.
func (j *job) since() int64 { return cmp.Or(j.Next, j.Since) }

// Swap implements [heap.Interface].
func (h dueHeap) Swap(i, k int) { h[i], h[k] = h[k], h[i] }

// Push implements [heap.Interface].
func (h *dueHeap) Push(x any) { *h = append(*h, x.(*job)) }

// Pop implements [heap.Interface].
func (h *dueHeap) Pop() any {
	last := len(*h) - 1
	j := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return j
}
