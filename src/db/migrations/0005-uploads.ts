import { type Kysely, sql } from 'kysely'

// Uploads. The state of an upload is that of its job; the view joins them. When retention deletes the job, a trigger copies its last
// state to the upload in the same transaction, so that there is one truth at any time.

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table upload (
    id bigint generated always as identity primary key,
    public_id uuid not null unique,
    account_id bigint not null references account on delete cascade,
    user_id bigint references app_user on delete set null,
    uploader text not null,
    filename text not null,
    file_size bigint not null,
    kind text not null check (kind in ('zip','cell','permit')),
    blob_key text not null,
    job_id uuid references job on delete set null,
    ended_state text,
    ended_error text,
    ended_at timestamptz(3),
    delete_job_id uuid,
    deleted_at timestamptz(3),
    created_at timestamptz(3) not null default now()
  )`,
  `create index upload_newest on upload (account_id, created_at desc, id desc) where deleted_at is null`,
  `create index upload_job on upload (job_id)`,

  // One cell of one upload: its plan before it is read, and its report afterwards.
  `create table upload_cell (
    upload_id bigint not null references upload on delete cascade,
    name text not null,
    account_id bigint not null references account on delete cascade,
    state text not null default 'pending' check (state in ('pending','indexed','waiting','failed','cancelled')),
    byte_size bigint not null,
    title text,
    edition int,
    update_number int,
    issue_date date,
    update_date date,
    usage_band smallint,
    compilation_scale int,
    west double precision,
    south double precision,
    east double precision,
    north double precision,
    feature_count int,
    features_by_class jsonb,
    encrypted boolean,
    decrypt_result text,
    permit_expires date,
    warnings jsonb not null default '[]',
    errors jsonb not null default '[]',
    indexed_at timestamptz(3),
    primary key (upload_id, name)
  )`,
  `create index upload_cell_name on upload_cell (account_id, name)`,

  // The position of each file of an upload: a member of its zip (offset and packing), or the whole blob (offset null). Nothing is unpacked
  // to disk; a later update reads its base file from the earlier upload.
  `create table upload_file (
    id bigint generated always as identity primary key,
    upload_id bigint not null references upload on delete cascade,
    role text not null check (role in ('cell','signature','text')),
    cell_name text,
    number int,
    name text not null,
    folder text not null,
    byte_size bigint not null,
    zip_offset bigint,
    packed_size bigint,
    method smallint,
    crc bigint,
    listed_crc bigint
  )`,
  `create index upload_file_cell on upload_file (upload_id, cell_name) where cell_name is not null`,
  `create index upload_file_text on upload_file (upload_id, name) where role = 'text'`,

  // The secret keys of a permit, encrypted with AES-256-GCM. The permit of the newest upload applies.
  `create table cell_permit (
    upload_id bigint not null references upload on delete cascade,
    account_id bigint not null references account on delete cascade,
    cell_name text not null,
    expires date not null,
    data_server text not null,
    keys_encrypted bytea not null,
    primary key (upload_id, cell_name)
  )`,
  `create index cell_permit_cell on cell_permit (account_id, cell_name, upload_id desc)`,

  `alter table cell add column upload_id bigint references upload on delete set null`,
  `alter table cell add column source_uploads bigint[] not null default '{}'`,
  `alter table cell add column files jsonb not null default '[]'`,
  `create index cell_account on cell (account_id, name)`,

  `create function keep_upload_outcome() returns trigger language plpgsql as $$
    begin
      update upload set ended_state = old.job_state, ended_error = old.error->>'message',
        ended_at = coalesce(old.finished_at, old.updated_at) where job_id = old.id;
      return old;
    end $$`,
  `create trigger job_keeps_upload_outcome before delete on job for each row when (old.parent_job_id is null)
    execute function keep_upload_outcome()`,

  `create view upload_state as
    select upload.*,
      case coalesce(job.job_state, upload.ended_state)
        when 'pending' then 'pending' when 'running' then 'processing' when 'completed' then 'succeeded'
        when 'failed' then 'failed' else 'cancelled' end as status,
      coalesce(job.error->>'message', upload.ended_error) as error,
      coalesce(job.updated_at, upload.ended_at, upload.created_at) as updated_at
    from upload left join job on job.id = upload.job_id`,
]
