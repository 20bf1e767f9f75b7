package api

import (
	"net/netip"
	"slices"
	"strings"

	"kith/internal/http1"
)

// Proxies are networks whose word is taken for whom they speak for. Without
// any, a caller's address is that of its connection.
type Proxies []netip.Prefix

func (p Proxies) trust(ip netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(ip) })
}

// ClientIP is the address of whoever makes a request: the last one that
// X-Forwarded-For names and that is no trusted proxy itself.
func (p Proxies) ClientIP(peer http1.Peer, forwarded []string) string {
	if !peer.IP.IsValid() || !p.trust(peer.IP) {
		return peer.Text
	}
	ip := peer.IP
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for _, hop := range slices.Backward(hops) {
		named, ok := parseHop(strings.TrimSpace(hop))
		if !ok {
			break // what stands before it is worth no more
		}
		if ip = named.Unmap().WithZone(""); !p.trust(ip) {
			break
		}
	}
	return ip.String()
}

// parseHop reads an address, which some proxies write with a port.
func parseHop(text string) (netip.Addr, bool) {
	if ip, err := netip.ParseAddr(text); err == nil {
		return ip, true
	}
	at, err := netip.ParseAddrPort(text)
	return at.Addr(), err == nil
}
