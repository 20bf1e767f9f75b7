package webhook

import (
	"cmp"
	"container/heap"

	"kith/internal/chain"
	"kith/internal/store"
)

// A queue holds deliveries in memory and says which may be sent: for each user
// one at a time, in the order in which they came in, and none before its time.
type queue struct {
	jobs  map[store.EventNumber]*job
	users map[chain.UserID][]*job // those that are about a user, the next first
	ready dueHeap                 // those that wait for nothing but their time
}

// A job is one delivery in a queue.
type job struct {
	store.Delivery
	users []chain.UserID
	ahead int // users for whom another one comes first
}

func newQueue() *queue {
	return &queue{jobs: map[store.EventNumber]*job{}, users: map[chain.UserID][]*job{}}
}

func (q *queue) len() int { return len(q.jobs) }

// push takes a delivery in, unless it is there already.
func (q *queue) push(d store.Delivery) {
	if q.jobs[d.Number] != nil {
		return
	}
	j := &job{Delivery: d, users: d.Users()}
	q.jobs[d.Number] = j
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
// It comes back by again, or ends by done.
func (q *queue) pop(now int64) *job {
	if len(q.ready) == 0 || q.ready[0].Next > now {
		return nil
	}
	return heap.Pop(&q.ready).(*job)
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
func (q *queue) again(j *job) { heap.Push(&q.ready, j) }

// done ends a delivery and lets those behind it follow.
func (q *queue) done(j *job) {
	delete(q.jobs, j.Number)
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

// Less implements [heap.Interface].
func (h dueHeap) Less(i, k int) bool {
	return cmp.Or(cmp.Compare(h[i].Next, h[k].Next), cmp.Compare(h[i].Number, h[k].Number)) < 0
}

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
