package usersig_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/usersig"
)

const (
	v1MAC = "P/y0F7WkMgISdYK8nla7MbW9NaIDChSnozZt/7ny/Pc="
	v1    = `{"TLS.ver":"2.0","TLS.identifier":"administrator","TLS.sdkappid":1400000000,"TLS.expire":15552000,"TLS.time":1700000000,"TLS.sig":"` + v1MAC + `"}`
)

// TestParseEveryIssuer packs V1 in all the ways of section 3.1.
func TestParseEveryIssuer(t *testing.T) {
	documents := map[string]string{
		"Go":                 v1,
		"Go, with line feed": v1 + "\n",
		"Node":               `{"TLS.ver":"2.0","TLS.identifier":"administrator","TLS.sdkappid":1400000000,"TLS.time":1700000000,"TLS.expire":15552000,"TLS.sig":"` + v1MAC + `"}`,
		"C++":                `{"TLS.ver":"2.0","TLS.sdkappid":1400000000,"TLS.identifier":"administrator","TLS.time":1700000000,"TLS.expire":15552000,"TLS.sig":"` + v1MAC + `"}`,
		"signature first":    `{"TLS.sig":"` + v1MAC + `","TLS.time":1700000000,"TLS.expire":15552000,"TLS.sdkappid":1400000000,"TLS.identifier":"administrator","TLS.ver":"2.0"}`,
		"Python":             `{"TLS.ver": "2.0", "TLS.identifier": "administrator", "TLS.sdkappid": 1400000000, "TLS.expire": 15552000, "TLS.time": 1700000000, "TLS.sig": "` + v1MAC + `"}`,
		"PHP":                strings.ReplaceAll(v1, `/`, `\/`),
		"indented":           strings.ReplaceAll(strings.ReplaceAll(v1, `,`, ",\r\n\t"), `:`, " :\t"),
		"white space around": " \t\r\n" + v1 + " \t\r\n",
		"escaped values":     strings.ReplaceAll(v1, `administrator`, `\u0061dministrator`),
		"escaped names":      strings.ReplaceAll(v1, `TLS.`, `\u0054LS\u002e`),
		"members unknown":    strings.Replace(v1, `{`, `{"TLS.new":{"a":[1,2.5,null,true]},"tls.ver":"3.0",`, 1),
	}
	for name, document := range documents {
		for level := zlib.HuffmanOnly; level <= zlib.BestCompression; level++ {
			padded := wrapLevel(document, level)
			for _, sig := range []string{padded, strings.TrimRight(padded, "_"), strings.TrimRight(padded, "_") + "_"} {
				err := parse(t, sig).Verify(1400000000, "administrator", time.Unix(1700000100, 0), keyA)
				if err != nil {
					t.Errorf("%s, level %d: Verify = %v, want nil", name, level, err)
				}
			}
		}
	}
}

func TestParseTextOutsideASCII(t *testing.T) {
	const format = `{"TLS.ver":"2.0","TLS.identifier":%s,"TLS.sdkappid":20000001,"TLS.expire":3600,"TLS.time":1700000000,"TLS.sig":"%s"}`
	for quoted, identifier := range map[string]string{
		`"张三"`:                "张三",
		`"\u5f20\u4e09"`:      "张三",
		`"a😀"`:                "a😀",
		`"a\ud83d\ude00"`:     "a😀",
		`"a<b>&\"c\\"`:        `a<b>&"c\`,
		`"a\u003cb\u003e\/d"`: "a<b>/d",
		`" inner space "`:     " inner space ",
	} {
		content := "TLS.identifier:" + identifier + "\nTLS.sdkappid:20000001\nTLS.time:1700000000\nTLS.expire:3600\n"
		s := parse(t, wrap(fmt.Sprintf(format, quoted, mac(content, keyB))))
		if err := s.Verify(20000001, identifier, time.Unix(1700000100, 0), keyB); err != nil {
			t.Errorf("identifier written as %s: Verify as %q = %v, want nil", quoted, identifier, err)
		}
	}
}

// TestParseZeroLeftOut is for issuers that leave out numbers that are 0.
func TestParseZeroLeftOut(t *testing.T) {
	content := "TLS.identifier:a\nTLS.sdkappid:7\nTLS.time:1700000000\nTLS.expire:0\n"
	s := parse(t, wrap(`{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":7,"TLS.time":1700000000,"TLS.sig":"`+mac(content, keyA)+`"}`))
	if err := s.Verify(7, "a", time.Unix(1700000000, 0), keyA); err != nil {
		t.Errorf("no TLS.expire, in the second of issue: Verify = %v, want nil", err)
	}
	wantCode(t, "no TLS.expire, a second later", s.Verify(7, "a", time.Unix(1700000001, 0), keyA), usersig.CodeExpired)

	content = "TLS.identifier:a\nTLS.sdkappid:7\nTLS.time:0\nTLS.expire:1800000000\n"
	s = parse(t, wrap(`{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":7,"TLS.expire":1800000000,"TLS.sig":"`+mac(content, keyA)+`"}`))
	if err := s.Verify(7, "a", time.Unix(1700000000, 0), keyA); err != nil {
		t.Errorf("no TLS.time: Verify = %v, want nil", err)
	}
}

func TestParseRefusesDocument(t *testing.T) {
	replace := func(old, new string) string {
		if !strings.Contains(v1, old) {
			t.Fatalf("V1 has no %s", old)
		}
		return strings.Replace(v1, old, new, 1)
	}
	tests := []struct {
		about    string
		document string
		code     int
	}{
		{"nothing", ``, usersig.CodeUnreadable},
		{"white space", ` `, usersig.CodeUnreadable},
		{"null", `null`, usersig.CodeUnreadable},
		{"a string", `"TLS.ver"`, usersig.CodeUnreadable},
		{"an array", `[` + v1 + `]`, usersig.CodeUnreadable},
		{"an empty object", `{}`, usersig.CodeUnreadable},
		{"half an object", v1[:len(v1)/2], usersig.CodeUnreadable},
		{"no closing brace", v1[:len(v1)-1], usersig.CodeUnreadable},
		{"a comma too many", replace(`}`, `,}`), usersig.CodeUnreadable},
		{"two objects", v1 + v1, usersig.CodeUnreadable},
		{"text after", v1 + "x", usersig.CodeUnreadable},
		{"NUL after", v1 + "\x00", usersig.CodeUnreadable},
		{"a byte order mark", "\ufeff" + v1, usersig.CodeUnreadable},
		{"wrong UTF-8", replace(`administrator`, "admin\xff"), usersig.CodeUnreadable},
		{"half a surrogate pair", replace(`administrator`, `\ud83d`), usersig.CodeUnreadable},
		{"a raw line feed", replace(`administrator`, "a\nb"), usersig.CodeUnreadable},
		{"deep nesting", replace(`{`, `{"x":`+strings.Repeat(`[`, 3000)+strings.Repeat(`]`, 3000)+`,`), 0},

		{"no TLS.ver", replace(`"TLS.ver":"2.0",`, ``), usersig.CodeUnreadable},
		{"no TLS.identifier", replace(`"TLS.identifier":"administrator",`, ``), usersig.CodeUnreadable},
		{"no TLS.sdkappid", replace(`"TLS.sdkappid":1400000000,`, ``), usersig.CodeUnreadable},
		{"no TLS.sig", replace(`,"TLS.sig":"`+v1MAC+`"`, ``), usersig.CodeUnreadable},
		{"TLS.Ver", replace(`TLS.ver`, `TLS.Ver`), usersig.CodeUnreadable},
		{"tls.identifier", replace(`TLS.identifier`, `tls.identifier`), usersig.CodeUnreadable},
		{"TLS.identifier twice", replace(`}`, `,"TLS.identifier":"administrator"}`), usersig.CodeUnreadable},
		{"TLS.identifier twice, once escaped", replace(`}`, `,"\u0054LS.identifier":"administrator"}`), usersig.CodeUnreadable},
		{"TLS.sig twice", replace(`}`, `,"TLS.sig":"`+v1MAC+`"}`), usersig.CodeUnreadable},
		{"an unknown member twice", replace(`}`, `,"x":1,"x":1}`), usersig.CodeUnreadable},

		{"version 3.0", replace(`"2.0"`, `"3.0"`), usersig.CodeMalformed},
		{"no version", replace(`"2.0"`, `""`), usersig.CodeMalformed},
		{"a long version", replace(`"2.0"`, `"`+strings.Repeat("9", 5000)+`"`), usersig.CodeMalformed},
		{"version as a number", replace(`"2.0"`, `2.0`), usersig.CodeMalformed},
		{"version null", replace(`"2.0"`, `null`), usersig.CodeMalformed},

		{"an identifier that is empty", replace(`administrator`, ``), usersig.CodeMalformed},
		{"an identifier that is a number", replace(`"administrator"`, `12`), usersig.CodeMalformed},
		{"an identifier that is null", replace(`"administrator"`, `null`), usersig.CodeMalformed},
		{"a line feed", replace(`administrator`, `a\nTLS.sdkappid:1`), usersig.CodeMalformed},
		{"NUL", replace(`administrator`, `a\u0000`), usersig.CodeMalformed},
		{"DEL", replace(`administrator`, `a\u007f`), usersig.CodeMalformed},
		{"a C1 control", replace(`administrator`, `a\u0085`), usersig.CodeMalformed},

		{"SDKAppID as a string", replace(`1400000000`, `"1400000000"`), usersig.CodeMalformed},
		{"SDKAppID negative", replace(`1400000000`, `-1`), usersig.CodeMalformed},
		{"SDKAppID with a fraction", replace(`1400000000`, `1400000000.0`), usersig.CodeMalformed},
		{"SDKAppID with an exponent", replace(`1400000000`, `14e8`), usersig.CodeMalformed},
		{"SDKAppID of 65 bits", replace(`1400000000`, `18446744073709551616`), usersig.CodeMalformed},
		{"SDKAppID null", replace(`1400000000`, `null`), usersig.CodeMalformed},
		{"time as a string", replace(`1700000000`, `"1700000000"`), usersig.CodeMalformed},
		{"time with a fraction", replace(`1700000000`, `1700000000.5`), usersig.CodeMalformed},
		{"time beyond 64 bits", replace(`1700000000`, `9223372036854775808`), usersig.CodeMalformed},
		{"time true", replace(`1700000000`, `true`), usersig.CodeMalformed},
		{"expire as a string", replace(`15552000`, `"15552000"`), usersig.CodeMalformed},
		{"expire with an exponent", replace(`15552000`, `1e9`), usersig.CodeMalformed},
		{"expire null", replace(`15552000`, `null`), usersig.CodeMalformed},
		{"expire an object", replace(`15552000`, `{}`), usersig.CodeMalformed},

		{"userbuf a number", replace(`}`, `,"TLS.userbuf":1}`), usersig.CodeMalformed},
		{"userbuf null", replace(`}`, `,"TLS.userbuf":null}`), usersig.CodeMalformed},
		{"userbuf with a line feed", replace(`}`, `,"TLS.userbuf":"YQ==\n"}`), usersig.CodeMalformed},

		{"sig empty", replace(v1MAC, ``), usersig.CodeMalformed},
		{"sig of 31 bytes", replace(v1MAC, strings.Repeat("A", 42)), usersig.CodeMalformed},
		{"sig of 33 bytes", replace(v1MAC, strings.Repeat("A", 44)), usersig.CodeMalformed},
		{"sig in hexadecimal", replace(v1MAC, keyA), usersig.CodeMalformed},
		{"sig without padding", replace(v1MAC, strings.TrimRight(v1MAC, "=")), usersig.CodeMalformed},
		{"sig with spare bits set", replace(`Pc=`, `Pd=`), usersig.CodeMalformed},
		{"sig in the alphabet of the envelope", replace(v1MAC, fromStandard.Replace(v1MAC)), usersig.CodeMalformed},
		{"sig with a line break", replace(v1MAC, `\n`+v1MAC), usersig.CodeMalformed},
		{"sig an array", replace(`"`+v1MAC+`"`, `[]`), usersig.CodeMalformed},
	}
	for _, test := range tests {
		t.Run(test.about, func(t *testing.T) {
			sig := wrap(test.document)
			s, err := usersig.Parse(sig)
			if test.code == 0 {
				if err != nil {
					t.Errorf("Parse = %v, want no error", err)
				}
				return
			}
			if s != nil {
				t.Errorf("Parse = %v, want nil", s)
			}
			wantCode(t, test.document, err, test.code, sig, v1MAC)
		})
	}
}

// TestParseVersion1 is section 3.7.
func TestParseVersion1(t *testing.T) {
	_, err := usersig.Parse(wrap(`{"TLS.account_type":"0","TLS.identifier":"xiaojun","TLS.appid_at_3rd":"0","TLS.sdk_appid":"1400000000",` +
		`"TLS.time":"1500000000","TLS.expire_after":"15552000","TLS.version":"201610110000","TLS.sig":"MEUCIQDl"}`))
	wantCode(t, "a version 1 UserSig", err, usersig.CodeUnreadable)
	if err == nil || !strings.Contains(err.Error(), "version 1") {
		t.Errorf("a version 1 UserSig: error is %v, want one that names version 1", err)
	}
	_, err = usersig.Parse(wrap(`{"TLS.appid_at_3rd":"0"}`))
	if err == nil || !strings.Contains(err.Error(), "version 1") {
		t.Errorf("TLS.appid_at_3rd alone: error is %v, want one that names version 1", err)
	}
}

func TestParseRefusesEnvelope(t *testing.T) {
	sig := wrap(v1)
	stream := deflate(v1, zlib.BestCompression)
	flip := func(i int) []byte {
		changed := bytes.Clone(stream)
		changed[i] ^= 1
		return changed
	}
	spare := strings.Replace(loadVectors(t)["V1"].Sigs["stored"], "H0_", "H1_", 1) // decodes to the same bytes
	var preset bytes.Buffer
	w, err := zlib.NewWriterLevelDict(&preset, zlib.BestCompression, []byte(v1))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, v1)
	w.Close()

	for about, sig := range map[string]string{
		"a space":                      " ",
		"spare bits set":               spare,
		"line breaks beyond the bound": sig + strings.Repeat("\n", usersig.MaxLen+1-len(sig)),
		"padding alone":                "____",
		"one character":                "e",
		"standard base64 of zlib":      "eJw+/+8=",
		"plain JSON":                   v1,
		"base64 of JSON":               wrapStream([]byte(v1)),
		"raw deflate":                  wrapStream(stream[2:]),
		"padding inside":               sig[:8] + "_" + sig[8:],
		"wrong characters after":       sig + "!",
		"a zlib header alone":          wrapStream(stream[:2]),
		"a wrong header":               wrapStream(flip(0)),
		"a wrong checksum":             wrapStream(flip(len(stream) - 1)),
		"a byte after the stream":      wrapStream(append(bytes.Clone(stream), 0)),
		"a second stream":              wrapStream(append(bytes.Clone(stream), stream...)),
		"a preset dictionary":          wrapStream(preset.Bytes()),
		"one byte too long":            strings.Repeat("A", usersig.MaxLen+1),
		"very long":                    strings.Repeat("A", 1<<20),
		"letters of the longest":       strings.Repeat("A", usersig.MaxLen),
		"a bomb of 4 MiB":              wrapLevel(strings.Repeat(" ", 4<<20), zlib.BestCompression),
		"a bomb after an object":       wrapLevel(v1+strings.Repeat(" ", 4<<20), zlib.BestCompression),
		"one byte of JSON too many":    wrap(v1 + strings.Repeat(" ", 8<<10+1-len(v1))),
		"a bomb of empty blocks":       wrapStream(append([]byte{0x78, 0x01}, bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 1200)...)),
		"a thousand bytes of nonsense": wrapStream(bytes.Repeat([]byte{0x78, 0x9c}, 500)),
	} {
		t.Run(about, func(t *testing.T) {
			if strings.Contains(about, "bomb") && len(sig) > usersig.MaxLen {
				t.Fatalf("the bomb is %d bytes long, too long to be let in", len(sig))
			}
			s, err := usersig.Parse(sig)
			if s != nil {
				t.Errorf("Parse = %v, want nil", s)
			}
			wantCode(t, about, err, usersig.CodeUnreadable, sig)
		})
	}

	parse(t, wrap(v1+strings.Repeat(" ", 8<<10-len(v1)))) // the largest JSON
	parse(t, sig[:20]+"\r\n"+sig[20:]+"\n")               // base64 in lines
	parse(t, sig+strings.Repeat("\n", usersig.MaxLen-len(sig)))
}

// TestParseTogether is for the race detector: parsing shares buffers.
func TestParseTogether(t *testing.T) {
	broken := wrap(v1[:len(v1)-1])
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 100 {
				identifier := fmt.Sprintf("user-%d-%d", i, j)
				sig, err := usersig.New(1, keyA, identifier, time.Unix(1700000000, 0), time.Hour)
				if err != nil {
					t.Errorf("New(%q): %v", identifier, err)
					return
				}
				s, err := usersig.Parse(sig)
				if err != nil || s.Identifier != identifier {
					t.Errorf("Parse of the UserSig of %q = %v, %v", identifier, s, err)
				}
				if s, err := usersig.Parse(broken); err == nil {
					t.Errorf("Parse of a broken UserSig = %v, want an error", s)
				}
			}
		})
	}
	group.Wait()
}

func TestExpiresAt(t *testing.T) {
	ends := []int64{math.MinInt64, math.MinInt64 + 1, -1700000000, -1, 0, 1, 1700000000, math.MaxInt64 - 1, math.MaxInt64}
	for _, issued := range ends {
		for _, expire := range ends {
			s := usersig.Signature{Issued: issued, Expire: expire}
			want := exactSum(issued, expire)
			if got := s.ExpiresAt(); got != want {
				t.Errorf("ExpiresAt of %d + %d = %d, want %d", issued, expire, got, want)
			}
		}
	}
}

func exactSum(a, b int64) int64 {
	sum := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
	switch {
	case sum.IsInt64():
		return sum.Int64()
	case sum.Sign() > 0:
		return math.MaxInt64
	}
	return math.MinInt64
}

func TestSignatureInLog(t *testing.T) {
	s := parse(t, wrap(v1))
	for _, text := range []string{fmt.Sprint(s), fmt.Sprintf("%+v", s), s.String()} {
		want := `UserSig of "administrator" for SDKAppID 1400000000, issued 1700000000, valid until 1715552000`
		if text != want {
			t.Errorf("printed as %s, want %s", text, want)
		}
	}
}
