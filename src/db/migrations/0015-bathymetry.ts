import { type Kysely, sql } from 'kysely'

// Soundings that users send, in tracks.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table bathymetry_track (
    id uuid primary key,
    account_id bigint not null references account on delete cascade,
    user_id bigint not null references app_user on delete cascade,
    platform json,
    platform_id text,
    provider_contact_point json,
    depth_units text not null,
    time_units text not null,
    convention text,
    external_user_id text,
    point_count integer not null,
    start_time timestamptz(3) not null,
    end_time timestamptz(3) not null,
    min_depth double precision not null,
    max_depth double precision not null,
    length_m double precision not null,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  )`,
  `create index bathymetry_track_newest on bathymetry_track (created_at desc, id desc)`,
  `create index bathymetry_track_open on bathymetry_track (user_id, platform_id, end_time) where platform_id is not null`,
  `create index bathymetry_track_account on bathymetry_track (account_id)`,

  // A tile reads the pieces in its box, and not whole tracks.
  `create table bathymetry_piece (
    track_id uuid not null references bathymetry_track on delete cascade,
    ordinal integer not null,
    place box not null,
    soundings bytea not null,
    primary key (track_id, ordinal)
  )`,
  // Packed numbers hardly shrink, and compressing them would cost more than writing them.
  `alter table bathymetry_piece alter column soundings set storage external`,
  `create index bathymetry_piece_place on bathymetry_piece using gist (place)`,
]
