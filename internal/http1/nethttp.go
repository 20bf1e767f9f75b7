package http1

import (
	"net/http"
	"net/netip"
	"strconv"
)

// Serve answers a request that net/http has read.
func Serve(h Handler, w http.ResponseWriter, r *http.Request) {
	peer, _ := netip.ParseAddrPort(r.RemoteAddr) // else it is not known
	q := Request{
		Context: r.Context(), Path: r.URL.Path, Query: r.URL.RawQuery, Peer: NewPeer(peer.Addr()),
		Forwarded: r.Header["X-Forwarded-For"], Length: r.ContentLength, Body: r.Body,
	}
	buf := NewBuffer()
	defer buf.Free()
	buf.Bytes = h.Answer(&q, buf.Bytes[:0])
	if q.Close {
		w.Header().Set("Connection", "close")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(buf.Bytes)))
	_, _ = w.Write(buf.Bytes) // fails only if the caller is gone
}
