package usersig

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"io"
	"strings"
	"sync"
)

// MaxLen is the length in bytes of the longest UserSig that [Parse] looks at and
// [New] makes. The vendor's own stay below 2048.
const MaxLen = 8 << 10

// maxDocument bounds the JSON inside, which zlib could otherwise blow up to a
// thousand times the length of the UserSig.
const maxDocument = 8 << 10

// base64Text is standard base64 with '+', '/' and '=' replaced by '*', '-' and
// '_' (section 3.1, step 5). It is not the URL alphabet of RFC 4648.
var base64Text = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-").
	WithPadding('_').
	Strict()

// base64Unpadded is base64Text for a reader that forgives missing padding.
var base64Unpadded = base64Text.WithPadding(base64.NoPadding)

// pack puts the JSON document of a UserSig into zlib and base64.
func pack(document []byte) (string, error) {
	w := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(w)
	var stream bytes.Buffer
	w.Reset(&stream)
	if _, err := w.Write(document); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64Text.EncodeToString(stream.Bytes()), nil
}

// A zlib.Writer is hundreds of kilobytes. The fastest level gives a UserSig four
// characters longer than the best one does.
var deflaters = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, zlib.BestSpeed)
	if err != nil {
		panic(err) // the level is not one of zlib's
	}
	return w
}}

// unpack is the reverse of pack, for every compression level and with or
// without padding. Line breaks in the base64 are skipped.
func unpack(sig string) ([]byte, error) {
	stream, err := base64Unpadded.DecodeString(strings.TrimRight(sig, "_"))
	if err != nil {
		return nil, refuse(CodeUnreadable, "the UserSig is not complete base64 with '*', '-' and '_' for '+', '/' and '='; check that it was not cut or changed on its way")
	}
	in := inflaters.Get().(*inflater)
	defer inflaters.Put(in)
	return in.inflate(stream)
}

var inflaters = sync.Pool{New: func() any { return new(inflater) }}

// An inflater keeps the buffers of one zlib reader for the next.
type inflater struct {
	source bytes.Reader
	reader io.ReadCloser // nil before the first stream
	output bytes.Buffer
}

// inflate returns what a zlib stream holds, in memory of its own.
func (in *inflater) inflate(stream []byte) ([]byte, error) {
	if err := in.open(stream); err != nil {
		return nil, refuse(CodeUnreadable, "the UserSig does not hold a zlib stream; check that it was not changed on its way")
	}
	in.output.Reset()
	_, err := in.output.ReadFrom(io.LimitReader(in.reader, maxDocument+1))
	switch {
	case err != nil:
		return nil, refuse(CodeUnreadable, "the zlib stream in the UserSig is cut short or damaged; check that the whole UserSig was sent")
	case in.output.Len() > maxDocument:
		return nil, refuse(CodeUnreadable, "the UserSig inflates to more than %d bytes", maxDocument)
	case in.source.Len() > 0:
		return nil, refuse(CodeUnreadable, "the UserSig goes on after the end of its zlib stream; check that nothing was appended to it")
	}
	return bytes.Clone(in.output.Bytes()), nil
}

func (in *inflater) open(stream []byte) (err error) {
	in.source.Reset(stream)
	if in.reader == nil {
		in.reader, err = zlib.NewReader(&in.source)
		return err
	}
	return in.reader.(zlib.Resetter).Reset(&in.source, nil)
}
