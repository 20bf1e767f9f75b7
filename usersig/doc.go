// Package usersig makes, reads and verifies UserSigs: the signed texts with
// which a user or an administrator proves an identifier to Tencent Cloud Chat,
// and so to Kith.
//
// A UserSig is a JSON object packed with zlib and base64. It names an
// identifier, an SDKAppID, the second of issue and a validity in seconds, and
// carries an HMAC-SHA256 over them made with the secret key of the application.
// The secret key is used as the text it is shown as: the 64 hexadecimal
// characters are 64 bytes of key, they are never decoded.
//
// Whoever needs a UserSig calls [New]. Whoever is handed one calls [Parse],
// which believes nothing yet, and then [Signature.Verify]. A refusal is an
// [*Error] with the number that the server answers.
//
// The package keeps no state and looks up nothing: it reads no clock, knows no
// list of administrators, and leaves a UserSig revoked by a kick to the caller,
// who knows when the kick was ([CodeKicked]). It refuses version 1 (ECDSA)
// UserSigs, and it does not look inside a TLS.userbuf.
//
// Sections named in the comments are those of the protocol notes "Transport,
// errors, UserSig, accounts, profile".
package usersig
