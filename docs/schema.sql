-- The schema that the migrations in src/db/migrations produce. Written by `npm run generate`; never edit it by hand.
-- The schema "pgboss" belongs to the queue library and is not shown.

create table account (
  id bigint generated always as identity not null,
  name text not null,
  plan_instance text,
  metadata jsonb default '{}'::jsonb not null,
  created_at timestamp(3) with time zone default now() not null,
  deleted_at timestamp(3) with time zone,
  delete_job_id uuid,
  constraint account_pkey PRIMARY KEY (id)
);

create table api_token (
  token_hash bytea not null,
  token_encrypted bytea not null,
  name text not null,
  user_id bigint not null,
  account_id bigint not null,
  restrictions jsonb,
  created_at timestamp(3) with time zone default now() not null,
  last_used_at timestamp(3) with time zone,
  constraint api_token_pkey PRIMARY KEY (token_hash)
);

create table app_user (
  id bigint generated always as identity not null,
  account_id bigint not null,
  username text not null,
  password_hash text not null,
  is_admin boolean default false not null,
  is_account_owner boolean default false not null,
  created_at timestamp(3) with time zone default now() not null,
  modified_at timestamp(3) with time zone default now() not null,
  deleted_at timestamp(3) with time zone,
  delete_job_id uuid,
  constraint app_user_pkey PRIMARY KEY (id),
  constraint app_user_username_key UNIQUE (username)
);

create table auth_session (
  token_hash bytea not null,
  user_id bigint not null,
  created_at timestamp(3) with time zone default now() not null,
  last_used_at timestamp(3) with time zone,
  user_agent text,
  constraint auth_session_pkey PRIMARY KEY (token_hash)
);

create table backup_hold (
  key text not null,
  backup_id uuid not null,
  constraint backup_hold_pkey PRIMARY KEY (key, backup_id)
);

create table backup_run (
  id uuid not null,
  held_until timestamp(3) with time zone not null,
  constraint backup_run_pkey PRIMARY KEY (id)
);

create table bathymetry_piece (
  track_id uuid not null,
  ordinal integer not null,
  place box not null,
  soundings bytea not null,
  constraint bathymetry_piece_pkey PRIMARY KEY (track_id, ordinal)
);

create table bathymetry_track (
  id uuid not null,
  account_id bigint not null,
  user_id bigint not null,
  platform json,
  platform_id text,
  provider_contact_point json,
  depth_units text not null,
  time_units text not null,
  convention text,
  external_user_id text,
  point_count integer not null,
  start_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone not null,
  min_depth double precision not null,
  max_depth double precision not null,
  length_m double precision not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint bathymetry_track_pkey PRIMARY KEY (id)
);

create table cell (
  id uuid not null,
  name text not null,
  account_id bigint,
  source text not null,
  edition integer not null,
  update_number integer not null,
  issue_date date,
  update_date date,
  producer integer not null,
  usage_band smallint not null,
  compilation_scale integer not null,
  title text,
  coverage jsonb not null,
  west double precision not null,
  south double precision not null,
  east double precision not null,
  north double precision not null,
  feature_count integer not null,
  features_by_class jsonb not null,
  warnings jsonb not null,
  blob_key text not null,
  byte_size bigint not null,
  catalogue_edition integer,
  catalogue_update integer,
  catalogue_update_date date,
  catalogue_issue_date date,
  indexed_at timestamp(3) with time zone default now() not null,
  compiled_key text,
  compiled_version integer,
  upload_id bigint,
  source_uploads bigint[] default '{}'::bigint[] not null,
  files jsonb default '[]'::jsonb not null,
  up_to_date boolean default true not null,
  "overlay" boolean default false not null,
  outline bytea,
  standard text default 's57'::text not null,
  twin text,
  constraint cell_pkey PRIMARY KEY (id),
  constraint cell_standard_check CHECK (standard = ANY (ARRAY['s57'::text, 's101'::text]))
);

create table cell_permit (
  upload_id bigint not null,
  account_id bigint not null,
  cell_name text not null,
  expires date not null,
  data_server text not null,
  keys_encrypted bytea not null,
  constraint cell_permit_pkey PRIMARY KEY (upload_id, cell_name)
);

create table export (
  id uuid not null,
  account_id bigint not null,
  user_id bigint,
  creator text not null,
  job_id uuid not null,
  spec json not null,
  most_tiles bigint not null,
  tiles bigint,
  file_size bigint,
  created_at timestamp(3) with time zone default now() not null,
  finished_at timestamp(3) with time zone,
  expires_at timestamp(3) with time zone,
  constraint export_pkey PRIMARY KEY (id)
);

create table export_download (
  ticket_hash bytea not null,
  export_id uuid not null,
  created_at timestamp(3) with time zone default now() not null,
  begun_at timestamp(3) with time zone,
  constraint export_download_pkey PRIMARY KEY (ticket_hash)
);

create table failed_public_cell (
  name text not null,
  source text not null,
  edition integer not null,
  update_number integer not null,
  reason text not null,
  failed_at timestamp(3) with time zone default now() not null,
  constraint failed_public_cell_pkey PRIMARY KEY (name)
);

create table job (
  id uuid not null,
  root_job_id uuid not null,
  parent_job_id uuid,
  job_type text not null,
  job_state text default 'pending'::text not null,
  account_id bigint,
  parameters jsonb default '{}'::jsonb not null,
  result jsonb,
  error jsonb,
  percent_complete smallint default 0 not null,
  priority integer default 0 not null,
  attempt integer default 0 not null,
  delivery integer default '-1'::integer not null,
  tries integer default 0 not null,
  cancel_requested_at timestamp(3) with time zone,
  cancel_reason text,
  waiting boolean default false not null,
  waiting_from smallint default 0 not null,
  waiting_result jsonb,
  on_child_failure text,
  open_children integer default 0 not null,
  failed_children integer default 0 not null,
  child_weight real default 1 not null,
  dedupe_key text,
  created_at timestamp(3) with time zone default now() not null,
  updated_at timestamp(3) with time zone default now() not null,
  started_at timestamp(3) with time zone,
  finished_at timestamp(3) with time zone,
  waiting_totals jsonb,
  claim_token uuid,
  claimed_by uuid,
  memory_losses integer default 0 not null,
  started_by jsonb,
  constraint job_child_weight_check CHECK (child_weight > 0::double precision),
  constraint job_job_state_check CHECK (job_state = ANY (ARRAY['pending'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])),
  constraint job_on_child_failure_check CHECK (on_child_failure = ANY (ARRAY['fail'::text, 'report'::text])),
  constraint job_percent_complete_check CHECK (percent_complete >= 0 AND percent_complete <= 100),
  constraint job_pkey PRIMARY KEY (id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create table job_count (
  account_id bigint,
  jobs bigint not null,
  job_type text not null,
  is_top boolean not null
) with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.1);

create table job_log (
  job_id uuid not null,
  seq integer not null,
  at timestamp(3) with time zone not null,
  level smallint not null,
  attempt integer not null,
  message text not null,
  constraint job_log_pkey PRIMARY KEY (job_id, seq)
) with (autovacuum_vacuum_scale_factor = 0.05);

create table job_step (
  id uuid not null,
  job_id uuid not null,
  ordinal integer not null,
  step_name text not null,
  status text not null,
  attempt integer default 0 not null,
  weight real default 1 not null,
  started_at timestamp(3) with time zone,
  completed_at timestamp(3) with time zone,
  result jsonb,
  error jsonb,
  cursor jsonb,
  constraint job_step_job_id_step_name_key UNIQUE (job_id, step_name),
  constraint job_step_pkey PRIMARY KEY (id),
  constraint job_step_status_check CHECK (status = ANY (ARRAY['pending'::text, 'running'::text, 'completed'::text, 'failed'::text, 'skipped'::text, 'cancelled'::text]))
);

create table kysely_migration_lock (
  id character varying(255) not null,
  is_locked integer default 0 not null,
  constraint kysely_migration_lock_pkey PRIMARY KEY (id)
);

create table schema_migration (
  name character varying(255) not null,
  "timestamp" character varying(255) not null,
  constraint schema_migration_pkey PRIMARY KEY (name)
);

create table server_process (
  id uuid not null,
  name text not null,
  host text not null,
  role text not null,
  version text not null,
  threads integer not null,
  busy_threads integer not null,
  memory_bytes bigint not null,
  started_at timestamp(3) with time zone default now() not null,
  seen_at timestamp(3) with time zone default now() not null,
  constraint server_process_pkey PRIMARY KEY (id)
);

create table setting (
  name text not null,
  value jsonb not null,
  constraint setting_pkey PRIMARY KEY (name)
);

create table style (
  id bigint generated always as identity not null,
  account_id bigint not null,
  user_id bigint,
  user_email text not null,
  name text not null,
  parameters jsonb not null,
  provisioned_digest text,
  created_at timestamp(3) with time zone default now() not null,
  updated_at timestamp(3) with time zone default now() not null,
  constraint style_pkey PRIMARY KEY (id)
);

create table transaction_mark (
  id uuid not null,
  token uuid not null,
  written_at timestamp(3) with time zone default now() not null,
  constraint transaction_mark_pkey PRIMARY KEY (id)
) with (fillfactor = 50);

create table unused_compiled (
  key text not null,
  since timestamp(3) with time zone default now() not null,
  constraint unused_compiled_pkey PRIMARY KEY (key)
);

create table upload (
  id bigint generated always as identity not null,
  public_id uuid not null,
  account_id bigint not null,
  user_id bigint,
  uploader text not null,
  filename text not null,
  file_size bigint not null,
  kind text not null,
  blob_key text not null,
  job_id uuid,
  ended_state text,
  ended_error text,
  ended_at timestamp(3) with time zone,
  delete_job_id uuid,
  deleted_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone default now() not null,
  certificates jsonb,
  constraint upload_kind_check CHECK (kind = ANY (ARRAY['zip'::text, 'cell'::text, 'permit'::text])),
  constraint upload_pkey PRIMARY KEY (id),
  constraint upload_public_id_key UNIQUE (public_id)
);

create table upload_cell (
  upload_id bigint not null,
  name text not null,
  account_id bigint not null,
  state text default 'pending'::text not null,
  byte_size bigint not null,
  title text,
  edition integer,
  update_number integer,
  issue_date date,
  update_date date,
  usage_band smallint,
  compilation_scale integer,
  west double precision,
  south double precision,
  east double precision,
  north double precision,
  feature_count integer,
  features_by_class jsonb,
  encrypted boolean,
  decrypt_result text,
  permit_expires date,
  warnings jsonb default '[]'::jsonb not null,
  errors jsonb default '[]'::jsonb not null,
  indexed_at timestamp(3) with time zone,
  up_to_date boolean,
  standard text,
  twin text,
  constraint upload_cell_pkey PRIMARY KEY (upload_id, name),
  constraint upload_cell_standard_check CHECK (standard = ANY (ARRAY['s57'::text, 's101'::text])),
  constraint upload_cell_state_check CHECK (state = ANY (ARRAY['pending'::text, 'indexed'::text, 'waiting'::text, 'failed'::text, 'cancelled'::text]))
);

create table upload_file (
  id bigint generated always as identity not null,
  upload_id bigint not null,
  role text not null,
  cell_name text,
  number integer,
  name text not null,
  folder text not null,
  byte_size bigint not null,
  zip_offset bigint,
  packed_size bigint,
  method smallint,
  crc bigint,
  listed_crc bigint,
  listing jsonb,
  constraint upload_file_pkey PRIMARY KEY (id),
  constraint upload_file_role_check CHECK (role = ANY (ARRAY['cell'::text, 'signature'::text, 'text'::text]))
);

create table user_report (
  id uuid not null,
  account_id bigint not null,
  user_id bigint not null,
  report_type text not null,
  latitude double precision not null,
  longitude double precision not null,
  place bigint,
  properties json not null,
  external_user_id text,
  upvote_count integer default 0 not null,
  downvote_count integer default 0 not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  expired_at timestamp(3) with time zone,
  deleted_at timestamp(3) with time zone,
  constraint user_report_pkey PRIMARY KEY (id)
);

create table user_report_vote (
  report_id uuid not null,
  user_id bigint not null,
  is_valid boolean not null,
  external_user_id text,
  voted_at timestamp(3) with time zone not null,
  constraint user_report_vote_pkey PRIMARY KEY (report_id, user_id)
);

create table webhook (
  id bigint generated always as identity not null,
  account_id bigint not null,
  url text not null,
  job_states text[] not null,
  job_types text[],
  is_active boolean default true not null,
  secret bytea not null,
  previous_secret bytea,
  previous_secret_until timestamp(3) with time zone,
  created_at timestamp(3) with time zone default now() not null,
  updated_at timestamp(3) with time zone default now() not null,
  constraint webhook_pkey PRIMARY KEY (id)
);

create table webhook_delivery (
  id uuid default gen_random_uuid() not null,
  webhook_id bigint not null,
  job_id uuid,
  event text not null,
  payload jsonb not null,
  state text default 'pending'::text not null,
  attempts integer default 0 not null,
  next_attempt_at timestamp(3) with time zone default now() not null,
  created_at timestamp(3) with time zone default clock_timestamp() not null,
  ended_at timestamp(3) with time zone,
  status integer,
  error text,
  milliseconds integer,
  constraint webhook_delivery_pkey PRIMARY KEY (id)
);

alter table api_token add constraint api_token_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table api_token add constraint api_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

alter table app_user add constraint app_user_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table auth_session add constraint auth_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

alter table backup_hold add constraint backup_hold_backup_id_fkey FOREIGN KEY (backup_id) REFERENCES backup_run(id) ON DELETE CASCADE;

alter table bathymetry_piece add constraint bathymetry_piece_track_id_fkey FOREIGN KEY (track_id) REFERENCES bathymetry_track(id) ON DELETE CASCADE;

alter table bathymetry_track add constraint bathymetry_track_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table bathymetry_track add constraint bathymetry_track_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

alter table cell add constraint cell_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table cell add constraint cell_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES upload(id) ON DELETE SET NULL;

alter table cell_permit add constraint cell_permit_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table cell_permit add constraint cell_permit_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES upload(id) ON DELETE CASCADE;

alter table export add constraint export_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table export add constraint export_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE SET NULL;

alter table export_download add constraint export_download_export_id_fkey FOREIGN KEY (export_id) REFERENCES export(id) ON DELETE CASCADE;

alter table job add constraint job_parent_job_id_fkey FOREIGN KEY (parent_job_id) REFERENCES job(id) ON DELETE CASCADE;

alter table job_log add constraint job_log_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id) ON DELETE CASCADE;

alter table job_step add constraint job_step_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id) ON DELETE CASCADE;

alter table style add constraint style_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table style add constraint style_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE SET NULL;

alter table upload add constraint upload_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table upload add constraint upload_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id) ON DELETE SET NULL;

alter table upload add constraint upload_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE SET NULL;

alter table upload_cell add constraint upload_cell_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table upload_cell add constraint upload_cell_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES upload(id) ON DELETE CASCADE;

alter table upload_file add constraint upload_file_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES upload(id) ON DELETE CASCADE;

alter table user_report add constraint user_report_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table user_report add constraint user_report_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

alter table user_report_vote add constraint user_report_vote_report_id_fkey FOREIGN KEY (report_id) REFERENCES user_report(id) ON DELETE CASCADE;

alter table user_report_vote add constraint user_report_vote_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE;

alter table webhook add constraint webhook_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE;

alter table webhook_delivery add constraint webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE;

CREATE INDEX api_token_account ON api_token USING btree (account_id, created_at);

CREATE INDEX api_token_user ON api_token USING btree (user_id);

CREATE INDEX app_user_account ON app_user USING btree (account_id);

CREATE INDEX auth_session_user ON auth_session USING btree (user_id);

CREATE INDEX backup_hold_backup ON backup_hold USING btree (backup_id);

CREATE INDEX bathymetry_piece_place ON bathymetry_piece USING gist (place);

CREATE INDEX bathymetry_track_account ON bathymetry_track USING btree (account_id);

CREATE INDEX bathymetry_track_newest ON bathymetry_track USING btree (created_at DESC, id DESC);

CREATE INDEX bathymetry_track_open ON bathymetry_track USING btree (user_id, platform_id, end_time) WHERE platform_id IS NOT NULL;

CREATE INDEX cell_account ON cell USING btree (account_id, name);

CREATE INDEX cell_compiled ON cell USING btree (compiled_key);

CREATE UNIQUE INDEX cell_name ON cell USING btree (name, COALESCE(account_id, 0::bigint));

CREATE INDEX cell_permit_cell ON cell_permit USING btree (account_id, cell_name, upload_id DESC);

CREATE INDEX export_account ON export USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX export_download_export ON export_download USING btree (export_id);

CREATE INDEX export_due ON export USING btree (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX job_account_newest ON job USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX job_active ON job USING btree (created_at DESC, id DESC) WHERE job_state = ANY (ARRAY['pending'::text, 'running'::text]);

CREATE UNIQUE INDEX job_dedupe ON job USING btree (dedupe_key) WHERE job_state = ANY (ARRAY['pending'::text, 'running'::text]);

CREATE INDEX job_finished ON job USING btree (finished_at) WHERE finished_at IS NOT NULL;

CREATE INDEX job_newest ON job USING btree (created_at DESC, id DESC);

CREATE INDEX job_parent ON job USING btree (parent_job_id) WHERE parent_job_id IS NOT NULL;

CREATE INDEX job_top_account_newest ON job USING btree (account_id, created_at DESC, id DESC) WHERE parent_job_id IS NULL;

CREATE INDEX job_top_newest ON job USING btree (created_at DESC, id DESC) WHERE parent_job_id IS NULL;

CREATE INDEX job_tree ON job USING btree (root_job_id);

CREATE INDEX job_unsuccessful ON job USING btree (created_at DESC, id DESC) INCLUDE (job_type, job_state, account_id, parent_job_id) WHERE job_state = ANY (ARRAY['failed'::text, 'cancelled'::text]);

CREATE INDEX style_name ON style USING btree (account_id, name);

CREATE INDEX style_newest ON style USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX style_user ON style USING btree (user_id) WHERE user_id IS NOT NULL;

CREATE INDEX upload_cell_name ON upload_cell USING btree (account_id, name);

CREATE INDEX upload_file_cell ON upload_file USING btree (upload_id, cell_name) WHERE cell_name IS NOT NULL;

CREATE INDEX upload_file_text ON upload_file USING btree (upload_id, name) WHERE role = 'text'::text;

CREATE INDEX upload_job ON upload USING btree (job_id);

CREATE INDEX upload_newest ON upload USING btree (account_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE INDEX upload_user ON upload USING btree (user_id) WHERE user_id IS NOT NULL;

CREATE INDEX user_report_account ON user_report USING btree (account_id);

CREATE INDEX user_report_active ON user_report USING btree (created_at DESC, id DESC, place) WHERE deleted_at IS NULL AND expired_at IS NULL;

CREATE INDEX user_report_active_place ON user_report USING btree (place) WHERE deleted_at IS NULL AND expired_at IS NULL;

CREATE INDEX user_report_newest ON user_report USING btree (created_at DESC, id DESC);

CREATE INDEX user_report_user ON user_report USING btree (user_id);

CREATE INDEX user_report_vote_user ON user_report_vote USING btree (user_id);

CREATE INDEX webhook_account ON webhook USING btree (account_id);

CREATE INDEX webhook_delivery_due ON webhook_delivery USING btree (webhook_id, next_attempt_at) WHERE state = 'pending'::text;

CREATE INDEX webhook_delivery_newest ON webhook_delivery USING btree (webhook_id, created_at DESC, id DESC);

create view upload_state as
 SELECT upload.id,
    upload.public_id,
    upload.account_id,
    upload.user_id,
    upload.uploader,
    upload.filename,
    upload.file_size,
    upload.kind,
    upload.blob_key,
    upload.job_id,
    upload.ended_state,
    upload.ended_error,
    upload.ended_at,
    upload.delete_job_id,
    upload.deleted_at,
    upload.created_at,
        CASE COALESCE(job.job_state, upload.ended_state)
            WHEN 'pending'::text THEN 'pending'::text
            WHEN 'running'::text THEN 'processing'::text
            WHEN 'completed'::text THEN 'succeeded'::text
            WHEN 'failed'::text THEN 'failed'::text
            ELSE 'cancelled'::text
        END AS status,
    COALESCE(job.error ->> 'message'::text, upload.ended_error) AS error,
    COALESCE(job.updated_at, upload.ended_at, upload.created_at) AS updated_at
   FROM upload
     LEFT JOIN job ON job.id = upload.job_id;

CREATE OR REPLACE FUNCTION count_deleted_jobs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    insert into job_count (account_id, job_type, is_top, jobs)
      select account_id, job_type, parent_job_id is null, -count(*) from changed group by 1, 2, 3;
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION count_new_jobs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    insert into job_count (account_id, job_type, is_top, jobs)
      select account_id, job_type, parent_job_id is null, count(*) from changed group by 1, 2, 3;
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION count_no_jobs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    delete from job_count;
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION keep_upload_outcome()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      update upload set ended_state = old.job_state, ended_error = old.error->>'message',
        ended_at = coalesce(old.finished_at, old.updated_at) where job_id = old.id;
      return old;
    end $function$;

CREATE OR REPLACE FUNCTION notify_cells()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    perform pg_notify('chartroom_cells', '');
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION notify_tokens()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    perform pg_notify('chartroom_tokens', '');
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION queue_webhook_deliveries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into webhook_delivery (webhook_id, job_id, event, payload)
      select webhook.id, new.id, 'job.' || new.job_state, jsonb_build_object(
        'jobId', new.id, 'parentJobId', new.parent_job_id, 'jobType', new.job_type, 'jobState', new.job_state,
        'accountId', new.account_id, 'attempt', new.attempt, 'result', new.result, 'error', new.error,
        'createdAt', floor(extract(epoch from new.created_at) * 1000), 'startedAt', floor(extract(epoch from new.started_at) * 1000),
        'finishedAt', floor(extract(epoch from new.finished_at) * 1000))
      from webhook join account on account.id = webhook.account_id
      where webhook.is_active and account.deleted_at is null and (new.account_id is null or new.account_id = webhook.account_id)
        and new.job_state = any(webhook.job_states)
        and (new.job_type = any(webhook.job_types) or webhook.job_types is null and new.parent_job_id is null);
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION uncount_votes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
    end $function$;

CREATE TRIGGER account_changed AFTER DELETE OR UPDATE OF name, deleted_at OR TRUNCATE ON account FOR EACH STATEMENT EXECUTE FUNCTION notify_tokens();

CREATE TRIGGER token_ended AFTER DELETE OR UPDATE OF restrictions, user_id, account_id OR TRUNCATE ON api_token FOR EACH STATEMENT EXECUTE FUNCTION notify_tokens();

CREATE TRIGGER user_changed AFTER DELETE OR UPDATE OF account_id, username, is_admin, is_account_owner, deleted_at OR TRUNCATE ON app_user FOR EACH STATEMENT EXECUTE FUNCTION notify_tokens();

CREATE TRIGGER session_ended AFTER DELETE OR UPDATE OF user_id OR TRUNCATE ON auth_session FOR EACH STATEMENT EXECUTE FUNCTION notify_tokens();

CREATE TRIGGER cell_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON cell FOR EACH STATEMENT EXECUTE FUNCTION notify_cells();

CREATE TRIGGER count_deleted_jobs AFTER DELETE ON job REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_deleted_jobs();

CREATE TRIGGER count_new_jobs AFTER INSERT ON job REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_new_jobs();

CREATE TRIGGER count_no_jobs AFTER TRUNCATE ON job FOR EACH STATEMENT EXECUTE FUNCTION count_no_jobs();

CREATE TRIGGER job_ended_webhooks AFTER UPDATE OF job_state ON job FOR EACH ROW WHEN ((old.job_state = ANY (ARRAY['pending'::text, 'running'::text])) AND (new.job_state = ANY (ARRAY['completed'::text, 'failed'::text, 'cancelled'::text]))) EXECUTE FUNCTION queue_webhook_deliveries();

CREATE TRIGGER job_keeps_upload_outcome BEFORE DELETE ON job FOR EACH ROW WHEN (old.parent_job_id IS NULL) EXECUTE FUNCTION keep_upload_outcome();

CREATE TRIGGER user_report_vote_gone AFTER DELETE ON user_report_vote REFERENCING OLD TABLE AS gone_vote FOR EACH STATEMENT EXECUTE FUNCTION uncount_votes();
