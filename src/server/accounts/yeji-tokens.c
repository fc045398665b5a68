// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-tokens"

#include "config.h"

#include "yeji-tokens.h"

#include <string.h>

#include <sodium.h>

#include "yeji-clock.h"

#define TOKEN_BYTES 32
/* How often an answer to one renewal may get lost. */
#define MAX_USES 20

static char *
make_token (void)
{
  guint8 bytes[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup (text);
}

static char *
hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

static gboolean
add_token (YejiSql      *sql,
           gint64        session,
           const char   *kind,
           gint64        expires,
           char        **token,
           GError      **error)
{
  g_autofree char *hash = NULL;

  *token = make_token ();
  hash = hash_token (*token);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO token (hash, session, kind, expires) VALUES (?1, ?2, ?3, ?4)",
                        "sisi", hash, session, kind, expires);
}

static gboolean
add_pair (YejiSql     *sql,
          gint64       session,
          gint64       now,
          YejiTokens  *tokens,
          GError     **error)
{
  return add_token (sql, session, "access", now + YEJI_TOKEN_ACCESS_SECONDS, &tokens->access, error)
         && add_token (sql, session, "refresh", now + YEJI_TOKEN_REFRESH_SECONDS, &tokens->refresh,
                       error);
}

/* Sessions without a living token are over. */
static gboolean
sweep (YejiSql  *sql,
       gint64    now,
       GError  **error)
{
  return yeji_sql_exec (sql, error, "DELETE FROM token WHERE expires <= ?1", "i", now)
         && yeji_sql_exec (sql, error,
                           "DELETE FROM session WHERE NOT EXISTS"
                           " (SELECT 1 FROM token WHERE token.session = session.id)",
                           "");
}

/**
 * yeji_tokens_issue:
 * @now: seconds
 * @tokens: (out caller-allocates): to be cleared
 *
 * Begins a session.
 */
gboolean
yeji_tokens_issue (YejiSql      *sql,
                   const char   *account,
                   gint64        now,
                   YejiTokens   *tokens,
                   GError      **error)
{
  g_autofree char *at = yeji_clock_now ();

  return sweep (sql, now, error)
         && yeji_sql_exec (sql, error, "INSERT INTO session (account, created_at) VALUES (?1, ?2)",
                           "ss", account, at)
         && add_pair (sql, yeji_sql_last_id (sql), now, tokens, error);
}

/**
 * yeji_tokens_renew:
 *
 * Exchanges a refresh token for a new pair. The old one is taken again, for a day at most, until
 * one that came for it is exchanged itself: answers that got lost sign nobody out.
 *
 * Returns: (transfer full) (nullable): the account's name; %NULL without @error when the token is
 *   not valid
 */
char *
yeji_tokens_renew (YejiSql      *sql,
                   const char   *refresh,
                   gint64        now,
                   YejiTokens   *tokens,
                   GError      **error)
{
  g_autofree char *hash = hash_token (refresh);
  g_autofree char *account = NULL;
  g_autoptr (YejiRows) rows = NULL;
  gint64 session, used;

  rows = yeji_sql_query (sql, error,
                         "SELECT session.account, session.id, token.used FROM token"
                         " JOIN session ON session.id = token.session"
                         " WHERE token.hash = ?1 AND token.kind = 'refresh' AND token.expires > ?2",
                         "si", hash, now);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  account = yeji_rows_dup_text (rows, 0);
  session = yeji_rows_int (rows, 1);
  used = yeji_rows_int (rows, 2);
  g_clear_pointer (&rows, yeji_rows_free);

  if (used >= MAX_USES)
    return NULL;
  /* Whoever has this one has got the answer: those before it have done their duty. */
  if (used == 0
      && !yeji_sql_exec (sql, error, "DELETE FROM token WHERE session = ?1 AND used > 0", "i",
                         session))
    return NULL;
  if (!yeji_sql_exec (sql, error,
                      "UPDATE token SET used = used + 1,"
                      " expires = CASE used WHEN 0 THEN min (expires, ?2) ELSE expires END"
                      " WHERE hash = ?1",
                      "si", hash, now + YEJI_TOKEN_GRACE_SECONDS))
    return NULL;
  return add_pair (sql, session, now, tokens, error) ? g_steal_pointer (&account) : NULL;
}

/**
 * yeji_tokens_resolve:
 *
 * Returns: (transfer full) (nullable): whose access token it is; %NULL without @error when it is
 *   not valid
 */
YejiAccount *
yeji_tokens_resolve (YejiSql     *sql,
                     const char  *access,
                     gint64       now,
                     GError     **error)
{
  g_autofree char *hash = hash_token (access);
  g_autofree char *name = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT session.account FROM token"
                         " JOIN session ON session.id = token.session"
                         " WHERE token.hash = ?1 AND token.kind = 'access' AND token.expires > ?2",
                         "si", hash, now);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  name = yeji_rows_dup_text (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  return yeji_account_load (sql, name, error);
}

/**
 * yeji_tokens_end:
 *
 * Ends the session of an access token, if it has one.
 */
gboolean
yeji_tokens_end (YejiSql     *sql,
                 const char  *access,
                 GError     **error)
{
  g_autofree char *hash = hash_token (access);

  return yeji_sql_exec (sql, error,
                        "DELETE FROM session WHERE id ="
                        " (SELECT session FROM token WHERE hash = ?1)",
                        "s", hash);
}

/**
 * yeji_tokens_end_all:
 *
 * Ends every session of an account.
 */
gboolean
yeji_tokens_end_all (YejiSql     *sql,
                     const char  *account,
                     GError     **error)
{
  return yeji_sql_exec (sql, error, "DELETE FROM session WHERE account = ?1", "s", account);
}

/**
 * yeji_tokens_clear:
 *
 * Wipes and frees the tokens, not @tokens.
 */
void
yeji_tokens_clear (YejiTokens *tokens)
{
  if (tokens->access != NULL)
    sodium_memzero (tokens->access, strlen (tokens->access));
  if (tokens->refresh != NULL)
    sodium_memzero (tokens->refresh, strlen (tokens->refresh));
  g_clear_pointer (&tokens->access, g_free);
  g_clear_pointer (&tokens->refresh, g_free);
}
