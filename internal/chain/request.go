package chain

// ask leaves a request with the peer, or renews the one that stands (L Q27).
// It refuses when too many wait there already; nothing is dropped (L Q28).
func (d *Draft) ask(r Request) Fault {
	_, stands := d.Sent.Get(r.Edge)
	peer, _ := d.user(r.Peer)
	if !stands {
		if peer.Received >= d.App.Settings.MaxReceived {
			return RequestsFull
		}
		d.edit(r.Owner).Sent++
		d.edit(r.Peer).Received++
	}
	d.Sent.Put(r.Edge, r)
	d.Received.Put(r.Reverse(), Request{Edge: r.Reverse(), Time: r.Time, Source: r.Source, Wording: r.Wording})
	d.bump(r.Owner, SeqRequests)
	d.bump(r.Peer, SeqRequests)
	return RequestPending
}

// settle removes the request that e.Owner made to e.Peer, if one stands.
func (d *Draft) settle(e Edge) {
	if owner, _ := d.user(e.Owner); owner.Sent == 0 || !d.Sent.Has(e) {
		return
	}
	d.Sent.Delete(e)
	d.Received.Delete(e.Reverse())
	d.edit(e.Owner).Sent--
	d.edit(e.Peer).Received--
	d.bump(e.Owner, SeqRequests)
	d.bump(e.Peer, SeqRequests)
}
