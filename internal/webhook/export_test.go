package webhook

import "time"

// SetTimeout bounds each attempt otherwise than the protocol does; 0 is as the
// protocol does.
func (s *Sender) SetTimeout(d time.Duration) { s.longest = d }
