package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"kith/internal/load"
)

func (c *benchCmd) checkBeside() error {
	names := func(workloads ...string) bool {
		return slices.ContainsFunc(workloads, func(name string) bool { return slices.Contains(c.Workload, name) })
	}
	switch {
	case c.BesideUsers < 1000 || c.BesideUsers > 5_000_000:
		return errors.New("--beside-users must be from 1000 to 5000000")
	case c.Rounds < 1 || c.Rounds > 1000:
		return errors.New("--rounds must be from 1 to 1000")
	case c.Suite || c.Overload || c.Rate > 0 || names(graphWorkload, fillWorkload):
		return errors.New("--beside-users is of closed loops that do not end by themselves")
	case names("walk", "import"):
		return errors.New("walk and import make as many friends as a user may have, and leave no room for those of --beside-users")
	case c.URL != "" || c.CPUProfile != "":
		return errors.New("--beside-users is of servers that kith bench starts, and of no --cpu-profile")
	}
	return nil
}

// A contender is one of two servers that are driven in turn.
type contender struct {
	*benchCmd
	server   *benchServer
	target   *load.Target
	workload *load.Workload
	rounds   []*load.Figures
}

// beside measures a server in turn with one that differs in the number of its
// users: on a machine that others use, two runs one after the other would rather
// compare the machine with itself. Before each round both have nothing left to do,
// so that neither works in the other's time.
func (c *benchCmd) beside(ctx context.Context, one benchCase) (results []*load.Result, err error) {
	smaller := *c
	smaller.Users, smaller.Data = c.BesideUsers, ""
	var pair []*contender
	for _, command := range []*benchCmd{c, &smaller} {
		p := &contender{benchCmd: command}
		if p.server, err = command.server(ctx); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, p.server.stop()) }()
		if err := p.prepare(ctx, one); err != nil {
			return nil, err
		}
		pair = append(pair, p)
	}
	for round := range c.Rounds {
		fmt.Fprintf(os.Stderr, "%s: round %d of %d\n", one.workload, round+1, c.Rounds)
		for i := range pair { // who went last goes first
			if err := errors.Join(pair[0].server.meter.AwaitRest(ctx), pair[1].server.meter.AwaitRest(ctx)); err != nil {
				return nil, err
			}
			if err := pair[(i+round)%len(pair)].drive(ctx, one); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range pair {
		result, err := p.result(ctx, one)
		if err != nil {
			return nil, err
		}
		results = append(results, result)
	}
	results[0].Beside = results[1].Figures
	for i, f := range pair[0].rounds {
		results[0].Rounds = append(results[0].Rounds, f.PerSecond/pair[1].rounds[i].PerSecond)
	}
	return results, nil
}

// prepare gives each user of a server without data the friends that those of
// kith bench fill have, and then what the workload starts from.
func (p *contender) prepare(ctx context.Context, one benchCase) (err error) {
	if p.target, err = p.server.target(); err != nil {
		return err
	}
	if p.Data == "" {
		if _, _, err := load.Fill(ctx, p.target, p.Users, one.connections, p.server.meter, live(fillWorkload)); err != nil {
			return err
		}
	}
	p.workload, err = p.benchCmd.prepare(ctx, one, p.target, p.server)
	return err
}

// drive drives a server for one round.
func (p *contender) drive(ctx context.Context, one benchCase) error {
	run := p.run(one, p.server, fmt.Sprintf("%s of %d users", p.workload.Name, p.Users))
	f, err := run.Do(ctx, p.target, p.workload)
	if err != nil {
		return err
	}
	if f.Calls == 0 {
		return errNoCall(run.Duration)
	}
	p.rounds = append(p.rounds, f)
	return nil
}

// result is what came of all rounds.
func (p *contender) result(ctx context.Context, one benchCase) (*load.Result, error) {
	verified, err := verify(ctx, p.target, p.workload)
	w := p.workload
	return &load.Result{Workload: w.Name, About: w.About, Unit: w.Unit, Connections: one.connections, Users: p.Users, Figures: load.Together(p.rounds...), Verified: verified}, err
}
