package store

import (
	"context"
	"crypto/rand"
	"time"

	"kith/internal/chain"
)

// An Outbox keeps what apps are to be told: the events that came with changes
// of rows, and how each that the app's webhook wants fares on its way there.
type Outbox interface {
	// Tell keeps events of app that come with no change of rows, synced.
	Tell(ctx context.Context, app chain.AppID, events []chain.Event) error

	// Events lists events of app, ascending by number, from the one after
	// after on, at most limit. Numbers rise in the order in which events
	// become visible: whoever has seen one never misses a lower one.
	Events(ctx context.Context, app chain.AppID, after EventNumber, limit int) ([]Event, error)

	// Extent tells which events of app are kept.
	Extent(ctx context.Context, app chain.AppID) (Extent, error)

	// Deliveries lists deliveries of app with their events.
	Deliveries(ctx context.Context, app chain.AppID, q DeliveryQuery) ([]Delivery, error)

	// Settle writes how deliveries of app fare now; of their events it looks
	// at the numbers alone. Passed over are those of events that are gone, and
	// those that wait by now since a later time than the one given: they were
	// made to wait anew meanwhile. Since 0 is the time of the event.
	Settle(ctx context.Context, app chain.AppID, settled []Delivery) error

	// Replay makes deliveries of events of app pending from now on (Unix
	// milliseconds), as if they had never been tried, those that are pending
	// already as well: events of the given kinds after after, of which it looks
	// at limit at most. It returns how many it made so and the last number it
	// looked at; 0 says that there are no more.
	Replay(ctx context.Context, app chain.AppID, after EventNumber, kinds chain.Kinds, now int64, limit int) (made int, next EventNumber, err error)

	// Trim removes events of app from before a time, in Unix milliseconds,
	// with what is known of their deliveries: not those that wait for
	// delivery, nor those whose delivery was given up since then, nor the last
	// event, whose number must not be given again. It looks at limit events
	// after after at most, and returns the last that it looked at; 0 says that
	// there is nothing more to trim.
	Trim(ctx context.Context, app chain.AppID, after EventNumber, before int64, limit int) (next EventNumber, err error)
}

// An EventNumber is the place of an event among those of its app, from 1 on.
type EventNumber uint64

// An Event is one that is kept.
type Event struct {
	Number EventNumber
	chain.Event
}

// An Extent is the events of an app that are kept, by the lowest and the
// highest number (both 0 if there never was one), and how many wait for
// delivery. After Trimmed none is missing: it is the highest number of an event
// that was trimmed, 0 if none was.
type Extent struct {
	First, Last EventNumber
	Trimmed     EventNumber
	Pending     int
	Oldest      int64 // since when the first of them waits, Unix milliseconds
	Dead        int   // deliveries that were given up
}

// A DeliveryState is what became of an event that a webhook wants. The numbers
// are stored.
type DeliveryState uint8

const (
	Pending   DeliveryState = iota + 1 // waits to be sent, perhaps again
	Delivered                          // the app took it
	Dead                               // given up
)

// A Delivery is an event on its way to an app's webhook.
type Delivery struct {
	Event
	State    DeliveryState
	Since    int64 // when it began to wait, Unix milliseconds
	Attempts int
	Next     int64         // Pending: when to try, Unix milliseconds
	Last     int64         // when it was tried last, Unix milliseconds; 0 = never
	Took     time.Duration // the last attempt
	Status   int           // the HTTP status that came back last; 0 = none
	Problem  string        // what was wrong with the last attempt; "" = nothing
}

// A DeliveryQuery asks for deliveries in one state: Limit of them at most,
// ascending after the number Bound, or descending before it. Bound 0 is no
// bound.
type DeliveryQuery struct {
	State      DeliveryState
	Bound      EventNumber
	Descending bool
	Limit      int
}

// NewEventID makes an identity for an event.
func NewEventID() (id chain.EventID) {
	rand.Read(id[:]) // never fails
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id
}
