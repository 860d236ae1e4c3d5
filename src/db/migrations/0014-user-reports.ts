import { type Kysely, sql } from 'kysely'

// Reports of users about a place, and the votes on them.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table user_report (
    id uuid primary key,
    account_id bigint not null references account on delete cascade,
    user_id bigint not null references app_user on delete cascade,
    report_type text not null,
    latitude double precision not null,
    longitude double precision not null,
    place bigint,
    properties json not null,
    external_user_id text,
    upvote_count integer not null default 0,
    downvote_count integer not null default 0,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    expired_at timestamptz(3),
    deleted_at timestamptz(3)
  )`,
  // The squares of a tile are one range of places, so a tile is one range of this index.
  `create index user_report_active_place on user_report (place) where deleted_at is null and expired_at is null`,
  // Includes the place, so that the newest reports of a large tile are found without reading those elsewhere.
  `create index user_report_active on user_report (created_at desc, id desc, place) where deleted_at is null and expired_at is null`,
  `create index user_report_newest on user_report (created_at desc, id desc)`,
  `create index user_report_user on user_report (user_id)`,
  `create index user_report_account on user_report (account_id)`,

  `create table user_report_vote (
    report_id uuid not null references user_report on delete cascade,
    user_id bigint not null references app_user on delete cascade,
    is_valid boolean not null,
    external_user_id text,
    voted_at timestamptz(3) not null,
    primary key (report_id, user_id)
  )`,
  `create index user_report_vote_user on user_report_vote (user_id)`,

  // Keeps the counts right when votes are deleted with their user.
  `create function uncount_votes() returns trigger language plpgsql as $$
    begin
      update user_report r set
        upvote_count = r.upvote_count - gone.up,
        downvote_count = r.downvote_count - gone.down
      from (
        select report_id, count(*) filter (where is_valid)::int as up, count(*) filter (where not is_valid)::int as down
        from gone_vote group by report_id
      ) gone
      where r.id = gone.report_id;
      return null;
    end $$`,
  `create trigger user_report_vote_gone after delete on user_report_vote referencing old table as gone_vote
    for each statement execute function uncount_votes()`,
]
