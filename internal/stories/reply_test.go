package stories

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kith/internal/api"
	"kith/wire"
)

// An expectation is what must come back: JSON in which a text may stand for
// others.
type expectation map[string]any

// anyText stands for every text.
type anyText struct{}

// command finds the full name of a command: service/command. A path with a
// slash in it is one already.
func command(path string) (string, error) {
	if strings.Contains(path, "/") {
		return path, nil
	}
	for _, c := range api.Commands() {
		if strings.HasSuffix(c, "/"+path) {
			return c, nil
		}
	}
	return "", fmt.Errorf("%s is not served", path)
}

func readExpectation(path string, b *block) (expectation, error) {
	full, err := command(path)
	if err != nil {
		return nil, err
	}
	service, name, _ := strings.Cut(full, "/")
	family := wire.FamilyOf(service)
	switch b.word {
	case "ok":
		return envelope(family, "OK", 0, "", ""), nil
	case "fail":
		code, text, err := readCode(b.rest, "*")
		return envelope(family, "FAIL", code, text, anyText{}), err
	case "items":
		return readItems(wire.Command{Family: family, Name: name}, b)
	case "reply":
		return readReply(family, b.text())
	}
	return nil, fmt.Errorf("no directive: %q", b.word)
}

// envelope is what closes every reply; ErrorDisplay is a matter of sns and
// profile (transport_accounts_profiles.md 1.3).
func envelope(f wire.Family, status string, code int, info string, display any) expectation {
	e := expectation{"ActionStatus": status, "ErrorCode": jsonInt(code), "ErrorInfo": info}
	if f == wire.SNS || f == wire.Profile {
		e["ErrorDisplay"] = display
	}
	return e
}

func jsonInt(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// readCode reads "30001 some text". A code other than 0 without a text has
// the one that stands for those it may have.
func readCode(s, otherwise string) (code int, text string, err error) {
	digits, text, _ := strings.Cut(s, " ")
	if code, err = strconv.Atoi(digits); err != nil {
		return 0, "", err
	}
	if code != 0 && text == "" {
		text = otherwise
	}
	return code, strings.TrimSpace(text), nil
}

func readItems(c wire.Command, b *block) (expectation, error) {
	var items, failed []any
	for it := range strings.SplitSeq(strings.ReplaceAll(b.text(), "\n", " "), ",") {
		it = strings.TrimSpace(it)
		account, rest, _ := strings.Cut(it, " ")
		if strings.HasPrefix(it, `"`) {
			end := strings.Index(it[1:], `" `) + 2
			account, rest = unquote(it[:end]), it[end+1:]
		}
		code, text, err := readCode(rest, wire.ItemInfo(c, "*"))
		if err != nil {
			return nil, fmt.Errorf("%q: %w", it, err)
		}
		items = append(items, map[string]any{"To_Account": account, "ResultCode": jsonInt(code), "ResultInfo": text})
		if code != 0 {
			failed = append(failed, account)
		}
	}
	e := envelope(c.Family, "OK", 0, "", "")
	e["ResultItem"] = items
	if len(failed) > 0 {
		e["Fail_Account"] = failed
	}
	return e, nil
}

func readReply(f wire.Family, text string) (expectation, error) {
	v, err := readJSON([]byte(text))
	if err != nil {
		return nil, err
	}
	e, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("a reply is an object")
	}
	if _, whole := e["ActionStatus"]; !whole {
		for k, v := range envelope(f, "OK", 0, "", "") {
			e[k] = v
		}
	}
	return e, nil
}

func readJSON(b []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("more after the JSON value")
	}
	return v, nil
}

// adopt returns want with what came in the place of texts that stand for it,
// to be compared with got.
func adopt(want, got any) any {
	switch w := want.(type) {
	case expectation:
		return adopt(map[string]any(w), got)
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return w
		}
		adopted := map[string]any{}
		for k := range w {
			adopted[k] = adopt(w[k], g[k])
		}
		return adopted
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return w
		}
		adopted := []any{}
		for i := range w {
			adopted = append(adopted, adopt(w[i], g[i]))
		}
		return adopted
	case anyText:
		if g, ok := got.(string); ok {
			return g
		}
		return "any text"
	case string:
		prefix, open := strings.CutSuffix(w, "*")
		if g, ok := got.(string); ok && open && len(g) > len(prefix) && strings.HasPrefix(g, prefix) {
			return g
		}
	}
	return want
}

// always is what holds of every reply, whatever was asked (friends.md 14,
// README D20).
func always(reply map[string]any) (faults []string) {
	code, ok := reply["ErrorCode"].(json.Number)
	if !ok {
		faults = append(faults, "ErrorCode is missing")
	}
	if (reply["ActionStatus"] == "FAIL") != (code != "0") {
		faults = append(faults, fmt.Sprintf("ActionStatus %v with ErrorCode %s", reply["ActionStatus"], code))
	}
	if hasNull(reply) {
		faults = append(faults, "there is a null in the reply")
	}
	return faults
}

func hasNull(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case map[string]any:
		for _, member := range v {
			if hasNull(member) {
				return true
			}
		}
	case []any:
		for _, element := range v {
			if hasNull(element) {
				return true
			}
		}
	}
	return false
}
