package embedded

// Stats are figures of a store, for its administrator.
type Stats struct {
	RowCacheBytes                      int64 // memory in use for rows as they are used
	BlockCacheBytes                    int64 // memory in use for blocks read from disk
	BlockCacheHits, BlockCacheMisses   int64
	MemtableBytes                      int64 // changes on their way to tables
	DiskBytes                          int64 // all files
	CommitQueue                        int   // commands that wait for the next sync
	Commits, Syncs                     uint64
	Compactions, CompactionsInProgress int64
}

// Stats returns the figures of this moment; all are 0 once the store is
// closed.
func (s *Store) Stats() Stats {
	leave, err := s.enter()
	if err != nil {
		return Stats{}
	}
	defer leave()
	m := s.db.Metrics()
	c, waiting := s.committer.counts()
	return Stats{
		RowCacheBytes:         int64(s.rows.users.WeightedSize()),
		BlockCacheBytes:       m.BlockCache.Size,
		BlockCacheHits:        m.BlockCache.Hits,
		BlockCacheMisses:      m.BlockCache.Misses,
		MemtableBytes:         int64(m.MemTable.Size),
		DiskBytes:             int64(m.DiskSpaceUsage()),
		CommitQueue:           waiting,
		Commits:               c.commits,
		Syncs:                 c.syncs,
		Compactions:           m.Compact.Count,
		CompactionsInProgress: m.Compact.NumInProgress,
	}
}
