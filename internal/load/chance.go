package load

import (
	"math"
	"math/rand/v2"
)

// chance draws what a caller does next. It is not safe for concurrent use.
type chance struct{ *rand.Rand }

func newChance(seed uint64) chance { return chance{rand.New(rand.NewPCG(seed, 0x6b697468))} }

// A zipf draws ranks from 0 to n-1, the rank r with a probability that falls
// as (r+1)^-s. Unlike that of math/rand it takes exponents below 1, which is
// where those of social graphs lie. It is the rejection-inversion of Hörmann
// and Derflinger ("Rejection-inversion to generate variates from monotone
// discrete distributions", 1996), whose names the letters are.
type zipf struct {
	n      float64
	s      float64
	hx1    float64 // H(1.5) - 1
	hn     float64 // H(n + 0.5)
	margin float64
}

func newZipf(n int, s float64) *zipf {
	z := &zipf{n: float64(n), s: s}
	z.hx1 = z.integral(1.5) - 1
	z.hn = z.integral(z.n + 0.5)
	z.margin = 2 - z.inverse(z.integral(2.5)-z.density(2))
	return z
}

// density is x^-s, integral one of its integrals, inverse that one's inverse.
func (z *zipf) density(x float64) float64  { return math.Pow(x, -z.s) }
func (z *zipf) integral(x float64) float64 { return (math.Pow(x, 1-z.s) - 1) / (1 - z.s) }
func (z *zipf) inverse(y float64) float64  { return math.Pow(1+y*(1-z.s), 1/(1-z.s)) }

func (z *zipf) draw(c chance) int {
	for {
		u := z.hn + c.Float64()*(z.hx1-z.hn)
		x := z.inverse(u)
		k := min(max(math.Floor(x+0.5), 1), z.n)
		if k-x <= z.margin || u >= z.integral(k+0.5)-z.density(k) {
			return int(k) - 1
		}
	}
}

// idsPerCall draws how many accounts a call is about: geometric, from 1 to 128.
// Parameter and bound are those of LinkBench.
func (c chance) idsPerCall() int {
	const p, most = 0.382, 128
	return min(1+int(math.Log(1-c.Float64())/math.Log(1-p)), most)
}

// length draws the length of a text: log-normal around a median, from 1 to
// most bytes.
func (c chance) length(median, most int) int {
	n := float64(median) * math.Exp(0.5*c.NormFloat64())
	return min(max(int(n+0.5), 1), most)
}

// mix spreads a number over all 64 bits (the finisher of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// outDegree is how many friends a user has who is given a share u of [0, 1):
// the quantiles of LinkBench's graph. 45 % have none, the 99th percentile is
// 15 and the 99.9th 264; above that the degrees reach most. Between these
// points their logarithms rise evenly, but below 15 bent so that the mean is
// 4.1 with a most of 3,000.
func outDegree(u float64, most int) int {
	const none, p99, p999, bend = 0.45, 0.99, 0.999, 1.39
	var degree float64
	switch {
	case u < none:
		return 0
	case u < p99:
		degree = math.Pow(16, math.Pow((u-none)/(p99-none), bend))
	case u < p999:
		degree = 15 * math.Pow(264./15, (u-p99)/(p999-p99))
	default:
		degree = 264 * math.Pow(3000./264, (u-p999)/(1-p999))
	}
	return min(int(degree), most)
}

// letters are what texts are cut from.
var letters = func() []byte {
	c := newChance(1)
	b := make([]byte, 4096)
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyz      "[c.IntN(32)]
	}
	return b
}()

// text appends a text of n bytes, at most 500.
func (c chance) text(b []byte, n int) []byte {
	from := c.IntN(len(letters) - n)
	return append(b, letters[from:from+n]...)
}
