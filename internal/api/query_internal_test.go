package api

import (
	"net/url"
	"testing"
)

// FuzzQuery reads the query of a URL as the standard library does.
func FuzzQuery(f *testing.F) {
	for _, raw := range []string{
		"", "sdkappid=1400000000&identifier=administrator&usersig=eJw%2AabC-_&random=1&contenttype=json",
		"sdkappid=1&sdkappid=2", "sdkappid=&sdkappid=2", "sdkappid", "&&identifier=a+b&", "a;b", "usersig=%zz", "%73dkappid=7", "identifier=a=b", "=x", "x=%",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		want, errWant := url.ParseQuery(raw)
		got, err := parseQuery(raw)
		if (err != nil) != (errWant != nil) {
			t.Fatalf("parseQuery(%q) = %v, the standard library says %v", raw, err, errWant)
		}
		if err != nil {
			return
		}
		if (got != query{want.Get("sdkappid"), want.Get("identifier"), want.Get("usersig")}) {
			t.Fatalf("parseQuery(%q) = %q, the standard library reads %q", raw, got, want)
		}
	})
}
