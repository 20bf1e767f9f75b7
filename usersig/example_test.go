package usersig_test

import (
	"errors"
	"fmt"
	"time"

	"kith/usersig"
)

// The secret key is the text that the configuration of the application shows.
const secretKey = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// A server makes the UserSig with which its user logs in.
func ExampleNew() {
	issued := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) // time.Now() in a server
	sig, err := usersig.New(1400000000, secretKey, "alice", issued, 180*24*time.Hour)
	if err != nil {
		fmt.Println(err)
		return
	}

	s, err := usersig.Parse(sig)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s)
	// Output: UserSig of "alice" for SDKAppID 1400000000, issued 1767225600, valid until 1782777600
}

// A server takes a UserSig apart and then verifies it against what the request
// names.
func ExampleSignature_Verify() {
	issued := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	sig, err := usersig.New(1400000000, secretKey, "alice", issued, time.Hour)
	if err != nil {
		fmt.Println(err)
		return
	}

	s, err := usersig.Parse(sig)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Verify(1400000000, "alice", issued.Add(time.Hour), secretKey))
	fmt.Println(s.Verify(1400000000, "alice", issued.Add(2*time.Hour), secretKey))
	fmt.Println(s.Verify(1400000000, "bob", issued, secretKey))
	// Output:
	// <nil>
	// the UserSig expired at Unix time 1767229200 and it is 1767232800 now; make a new one (code 70001)
	// the UserSig was made for the identifier "alice"; the request names "bob" (code 70013)
}

// Parse refuses, and the caller compares the second of issue with the last kick.
func ExampleParse() {
	verify := func(sig string, kicked int64) error {
		s, err := usersig.Parse(sig)
		if err != nil {
			return err
		}
		if err := s.Verify(1400000000, "alice", time.Unix(1700000100, 0), secretKey); err != nil {
			return err
		}
		if s.Issued <= kicked {
			return &usersig.Error{Code: usersig.CodeKicked, Text: "the UserSig was revoked; make a new one"}
		}
		return nil
	}

	sig, err := usersig.New(1400000000, secretKey, "alice", time.Unix(1700000000, 0), time.Hour)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(verify(sig, 0))
	fmt.Println(verify(sig, 1700000000))
	fmt.Println(verify("", 0))
	// Output:
	// <nil>
	// the UserSig was revoked; make a new one (code 70052)
	// there is no UserSig; send one (code 70002)
}

// A refusal carries the number that the server answers.
func ExampleError() {
	_, err := usersig.Parse("not a UserSig")

	var refusal *usersig.Error
	if errors.As(err, &refusal) {
		fmt.Println("ErrorCode", refusal.Code)
	}
	// Output: ErrorCode 70003
}
