-- +goose Up

-- Every table of users' rows begins with app and owner, and all rows of an
-- owner belong together: they are locked by the owner's row in users, and on
-- Citus they stand on one node. Texts that are compared sort by their bytes.

create table apps (
    id       bigint primary key,
    name     text not null,
    enabled  boolean not null,
    secrets  text[] not null,
    admins   text[] not null,
    settings jsonb not null,
    webhook  jsonb not null,
    version  bigint not null -- rises with every change
);

-- Who does work that must be done by one server at a time.
create table leases (
    name    text primary key,
    holder  text not null,
    expires timestamptz not null
);

-- Times are Unix seconds. "blocks" of an order count the rows of each 128 slots:
-- index, count, index, count, ...
create table users (
    app            bigint not null,
    owner          text collate "C" not null,
    created        bigint not null default 0,
    allow          bigint not null default 0, -- 0 unset, 1 any, 2 confirm, 3 none
    forbid         bigint not null default 0, -- 0 unset, 1 not barred, 2 barred
    friends_first  bigint not null default 0,
    friends_next   bigint not null default 0,
    friends_count  bigint not null default 0,
    friends_blocks bigint[],
    blocks_first   bigint not null default 0,
    blocks_next    bigint not null default 0,
    blocks_count   bigint not null default 0,
    blocks_blocks  bigint[],
    sent           bigint not null default 0,
    received       bigint not null default 0,
    leaving        boolean not null default false,
    requests_seen  bigint not null default 0,
    kicked_at      bigint not null default 0,
    seq_standard   bigint not null default 0,
    seq_custom     bigint not null default 0,
    seq_lists      bigint not null default 0,
    seq_blocks     bigint not null default 0,
    seq_requests   bigint not null default 0,
    primary key (app, owner)
) with (fillfactor = 80);

create index users_leaving on users (app, owner) where leaving;

-- A profile field that is not set is null. "numbers" has bit N set when the
-- field with number N was given as a number.
create table profiles (
    app            bigint not null,
    owner          text collate "C" not null,
    nick           text,
    gender         text,
    birthday       text,
    location       text,
    self_signature text,
    language       text,
    image          text,
    msg_settings   text,
    level          text,
    role           text,
    numbers        bigint not null,
    custom         jsonb, -- [{"name": ..., "text" or "integer": ...}, ...]
    primary key (app, owner)
);

create table friends (
    app         bigint not null,
    owner       text collate "C" not null,
    peer        text collate "C" not null,
    slot        bigint not null, -- place in the order of insertion
    add_time    bigint not null,
    remark_time bigint not null,
    remark      text not null,
    source      text not null,
    wording     text not null,
    lists       bigint[], -- in the order they were given
    custom      jsonb, -- as in profiles
    primary key (app, owner, peer)
);

-- Slots are never negative. The condition keeps the index from being taken for
-- what the primary key finds better: only statements that repeat it use it.
create index friends_slot on friends (app, owner, slot) where slot >= 0;

-- The owner is a friend of holder's.
create table friend_of (
    app    bigint not null,
    owner  text collate "C" not null,
    holder text collate "C" not null,
    primary key (app, owner, holder)
);

create table lists (
    app     bigint not null,
    owner   text collate "C" not null,
    id      bigint not null,
    name    text not null,
    members bigint not null,
    primary key (app, owner, id)
);

-- The number of the list that the owner made last.
create table list_numbers (
    app   bigint not null,
    owner text collate "C" not null,
    last  bigint not null,
    primary key (app, owner)
);

create table list_members (
    app   bigint not null,
    owner text collate "C" not null,
    peer  text collate "C" not null,
    list  bigint not null,
    primary key (app, owner, peer, list)
);

create table blocks (
    app   bigint not null,
    owner text collate "C" not null,
    peer  text collate "C" not null,
    slot  bigint not null,
    time  bigint not null,
    primary key (app, owner, peer)
);

create index blocks_slot on blocks (app, owner, slot) where slot >= 0;

-- The owner is on holder's blocklist.
create table blocked_by (
    app    bigint not null,
    owner  text collate "C" not null,
    holder text collate "C" not null,
    primary key (app, owner, holder)
);

-- A pending request is two rows: one of who asks, one of who is asked.
create table requests_sent (
    app     bigint not null,
    owner   text collate "C" not null,
    peer    text collate "C" not null,
    time    bigint not null,
    source  text not null,
    wording text not null,
    remark  text not null,
    list    text not null,
    primary key (app, owner, peer)
);

create table requests_received (
    app     bigint not null,
    owner   text collate "C" not null,
    peer    text collate "C" not null,
    time    bigint not null,
    source  text not null,
    wording text not null,
    remark  text not null,
    list    text not null,
    primary key (app, owner, peer)
);

-- What happened, as apps are told of it. An event is written with the change
-- that caused it, and gets its number after that: numbers rise without a gap in
-- the order in which events become visible. "id" orders those that have none
-- yet. Times are Unix milliseconds.
create table events (
    app       bigint not null,
    id        bigint generated always as identity,
    number    bigint,
    event_id  uuid not null,
    kind      bigint not null, -- 1 friend added, 2 friend deleted, 3 blocked, 4 unblocked, 5 profile set, 6 rate exceeded
    owner     text collate "C" not null,
    time      bigint not null,
    deliver   boolean not null,
    force     boolean not null,
    answer    boolean not null,
    caller    text not null,
    admin     boolean not null,
    address   text not null,
    platform  text not null,
    detail    jsonb, -- pairs, items or alarm

    -- How it fares on its way to the app's webhook.
    state     bigint not null, -- 0 not wanted, 1 pending, 2 delivered, 3 given up
    since     bigint not null default 0, -- 0: since it happened
    attempts  bigint not null default 0,
    next      bigint not null default 0,
    last      bigint not null default 0,
    took      bigint not null default 0, -- microseconds
    status    bigint not null default 0,
    problem   text not null default '',
    primary key (app, id)
);

create unique index events_number on events (app, number);
create index events_new on events (app, id) where number is null;
create index events_state on events (app, state, number) where state <> 0;

-- The last number given to an event of each app, and the last that was trimmed.
create table event_numbers (
    app     bigint primary key,
    last    bigint not null,
    trimmed bigint not null default 0
);
