import { type Kysely, sql } from 'kysely'

// Deletion of users and accounts by jobs, the user agent of sessions, and notifications of everything that may end a token: each process
// keeps what it found about tokens for a second (src/accounts/tokens/recent-tokens.ts).

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const notifies = (name: string, table: string, events: string) =>
  `create trigger ${name} after ${events} on ${table} for each statement execute function notify_tokens()`

const statements = [
  `alter table account add column deleted_at timestamptz(3), add column delete_job_id uuid`,
  `alter table app_user add column deleted_at timestamptz(3), add column delete_job_id uuid`,
  `alter table auth_session add column user_agent text`,
  `create index api_token_user on api_token (user_id)`,
  `create index style_user on style (user_id) where user_id is not null`,
  `create index upload_user on upload (user_id) where user_id is not null`,
  `create function notify_tokens() returns trigger language plpgsql as $$
  begin
    perform pg_notify('chartroom_tokens', '');
    return null;
  end $$`,
  // A login or a new token invalidates nothing, and neither does the time of the last use.
  notifies('token_ended', 'api_token', 'delete or truncate or update of restrictions, user_id, account_id'),
  notifies('session_ended', 'auth_session', 'delete or truncate or update of user_id'),
  notifies(
    'user_changed',
    'app_user',
    'delete or truncate or update of account_id, username, is_admin, is_account_owner, deleted_at',
  ),
  notifies('account_changed', 'account', 'delete or truncate or update of name, deleted_at'),
]
