package embedded

import (
	"encoding/binary"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// upgrades lead from each format of the keys and rows to the next:
// upgrades[0] makes format 2 of format 1. Each sets what it changes on the
// batch it is given, in which the new format number is written as well.
var upgrades []func(*pebble.DB, *pebble.Batch) error

// newestFormat is the format that this program writes.
func newestFormat() uint32 { return uint32(len(upgrades)) + 1 }

// adopt checks the format of an opened store and brings it up to date.
func adopt(db *pebble.DB) error {
	format, err := readFormat(db)
	if err != nil {
		return err
	}
	switch newest := newestFormat(); {
	case format == 0:
		return upgrade(db, newest, func(*pebble.DB, *pebble.Batch) error { return nil })
	case format > newest:
		return fmt.Errorf("%w: it has format %d, this kith knows up to %d; run a newer kith", ErrNewerFormat, format, newest)
	}
	for ; format < newestFormat(); format++ {
		if err := upgrade(db, format+1, upgrades[format-1]); err != nil {
			return fmt.Errorf("upgrade to format %d: %w", format+1, err)
		}
	}
	return nil
}

// readFormat returns the format number, 0 if the store is new.
func readFormat(db *pebble.DB) (format uint32, err error) {
	_, err = get(db, formatKey, func(b []byte) error {
		if len(b) != 4 {
			return fmt.Errorf("format number: %w", errCorrupt)
		}
		format = binary.BigEndian.Uint32(b)
		return nil
	})
	return format, err
}

func upgrade(db *pebble.DB, to uint32, step func(*pebble.DB, *pebble.Batch) error) error {
	batch := db.NewBatch()
	defer batch.Close()
	if err := step(db, batch); err != nil {
		return err
	}
	if err := batch.Set(formatKey, binary.BigEndian.AppendUint32(nil, to), nil); err != nil {
		return err
	}
	return batch.Commit(pebble.Sync)
}
