// Package stories tells what Kith does, in plain text: who exists, what is
// called, what comes back, what is different afterwards and which events
// follow. Every story is written from the protocol's documents and cites
// them; none is written from the code. The tests of this package run each one
// on the rules alone, over HTTP, and over HTTP on a store that is closed and
// opened again before anyone looks.
//
// The stories stand in testdata/*.story:
//
//	# A comment.
//	story Both ways, and the other takes anyone: friends at once
//	cites friends.md 3.4; README D14
//	settings MaxFriends=2 FriendFields=Test,Note
//	given
//	  alice, bob
//	  carol allow=confirm
//	call friend_add
//	  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}
//	items bob 0, carol 30539
//	then
//	  alice has bob
//	  bob has alice
//	  alice asks carol
//	  alice standard+1 requests+1
//	  bob standard+1
//	  carol requests+1
//	events
//	  FriendAdded alice->bob by alice
//	  FriendAdded bob->alice by alice
//
// A line that begins at the margin is a directive; what belongs to it stands
// behind it or indented below it.
//
//	story    the title; begins a story
//	cites    where the documents say so, separated by ";": a section ("friends.md
//	         3.4"), a row of a numbered table ("friends.md 13 #5"), an open question
//	         ("friends.md Q7") or a decision ("README D6")
//	settings the app's settings where they are not the defaults, by their names
//	         in chain.Settings; lists of keywords are separated by commas
//	given    facts that hold before the first call
//	though   words of a finding of storetest.Audit that the story is about; any other
//	         finding fails it
//	clock    "+10" lets ten seconds pass; it starts at 1700000000
//	caller   who calls from here on; otherwise it is "administrator"
//	call     the command, and the body of the request, as it is
//
//	webhook  how the app's webhook is set: "before" asks the back end before
//	         friends are added and requests answered; "deny" makes that fail
//	         what it cannot be asked about; "2xx" takes any such status
//	answer   what the back end answers from here on: a status and a body, "stall"
//	         or "drop"; otherwise it is 200 and {}
//
// After each call stands what must come back, as one of
//
//	ok       the envelope of a success and nothing else
//	items    a ResultItem for each "account code text", separated by commas, and the
//	         Fail_Account that follows from them
//	fail     "code text": the envelope of a refusal and nothing else
//	reply    a JSON object; the envelope may be left out if it is that of a success
//
// and, if there is anything to tell,
//
//	then     facts that are different now
//	events   the events that follow, in their order
//	told     the bodies of the webhooks of the events, each a line, to the byte
//	asked    the bodies of what the back end is asked, in the same way; without it,
//	         nothing is asked
//
// A reply must have exactly the members that are written, in any order. A text
// that ends in "*" stands for any that begins so and is not empty. A text that
// is left out of items and fail may be any, though that of an item must begin
// with Err_SNS_ and the command's name.
//
// Nothing changes but what then says: after each call all rows of all users
// are compared. Without events there must be none.
//
// # Facts
//
// Each begins with one or more accounts, separated by commas. A name or value
// with odd characters is quoted as in Go.
//
//	alice                 has an account. Attributes: allow=any|confirm|none,
//	                      forbid=none|sendout, created=time, seen=time (up to when
//	                      it saw requests), kicked=time, and the sequences standard,
//	                      custom, lists, blocks and requests, as in standard=5 or,
//	                      in then, standard+1
//	alice has bob         bob is a friend of alice. Attributes: remark, source (the
//	                      keyword), wording, at=time, remarktime=time, in=list (once for
//	                      each), field.Keyword=value (quoted text or a bare integer)
//	alice loses bob       bob is no friend of alice any more
//	alice lists Work=2    the list Work exists and has two members
//	alice unlists Work    the list Work does not exist any more
//	alice renames A="B"   the list A is called B, and stands where it stood
//	alice blocks bob      bob is on alice's blocklist. Attribute: at=time
//	alice unblocks bob    it is not any more
//	alice asks bob        alice's request waits for bob. Attributes: wording, source,
//	                      at=time, and what only alice sees: remark, list
//	alice withdraws bob   it does not wait any more
//	bob forgets alice     the same, when alice is gone
//	alice shows Nick="A"  a field of the profile, by the end of its tag
//	alice gone            the account and all it holds is no more
//
// A row in then is the whole row. A time is a number of seconds, "now", or
// "now-60". Where it is left out it is 1600000000 in given (1500000000 for
// created); in then it is what it was before, or now for a row that is new. A
// sequence left out of given is 1 if the user has anything of its kind, else 0.
//
// # Numbers of things
//
// "${97 x}" anywhere in a story is a text of 97 times x; "${1..3 {"UserID":"u#"}}"
// is that object three times, with 1, 2 and 3 for "#", separated by commas. A
// fact or event after "each 1..3" is three of them.
package stories
