// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-push-payload.h"
#include "yeji-push-work.h"
#include "yeji-server-fixture.h"

static YejiPushSettings push_settings = {
  .url = (char *) "http://127.0.0.1:9/", .wait_seconds = 0, .timeout_seconds = 5,
  .retry_seconds = 10, .at_once = 4, .by_server = TRUE,
};

static void
set_up (Province      *self,
        gconstpointer  data)
{
  province_set_up (self, data);
  self->context->push = &push_settings;
}

/* A record in a state, and what the public page shows of it; NULL: nothing. */
static void
publish (Province   *self,
         const char *uuid,
         const char *state,
         const char *grade,
         const char *body)
{
  static guint n_revisions = 1;
  g_autofree char *record = NULL;
  g_autofree char *page = NULL;

  n_revisions++;
  record = g_strdup_printf ("INSERT INTO record (uuid, enterprise, revision, state, body, sent_hash,"
                            "  name, number, area, created_at, changed_at)"
                            " VALUES (?1, '91220000MA00000001', %u, '%s', '{}', '', 'N', '22', '22',"
                            "  '', '') ON CONFLICT (uuid) DO UPDATE SET"
                            "  revision = excluded.revision, state = excluded.state",
                            n_revisions, state);
  province_exec (self, record, uuid);
  province_exec (self, "DELETE FROM publication WHERE uuid = ?1", uuid);
  if (grade == NULL)
    return;
  page = g_strdup_printf ("INSERT INTO publication (uuid, number, name, area, enterprise, grade,"
                          "  office, reviewer, approved_at, body)"
                          " VALUES (?1, '22', 'N', '22', 'E', '%s', 'O', 'R', '2026', '%s')",
                          grade, body);
  province_exec (self, page, uuid);
}

typedef struct
{
  Province *province;
  const char *uuid;
  GPtrArray *items;
  const YejiPushAnswer *answer;
  JsonObject *object;
  YejiPushCounts counts;
  gboolean changed;
} Call;

static gboolean
run_note (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Call *call = data;

  return yeji_push_note (call->province->context, sql, call->uuid, error);
}

static gboolean
run_take (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Call *call = data;

  call->items = yeji_push_take (call->province->context, sql, 10, &call->changed, error);
  return call->items != NULL;
}

static gboolean
run_settle (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Call *call = data;

  for (guint i = 0; i < call->items->len; i++)
    if (!yeji_push_settle (call->province->context, sql, g_ptr_array_index (call->items, i),
                           call->answer, &call->changed, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_state (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Call *call = data;

  yeji_push_add_state (sql, call->uuid, call->object);
  return TRUE;
}

static void
run (Call       *call,
     YejiDbFunc  func)
{
  g_autoptr (GError) error = NULL;

  yeji_db_run (call->province->db, func, call, &error);
  g_assert_no_error (error);
}

static void
note (Province   *self,
      const char *uuid)
{
  Call call = { .province = self, .uuid = uuid };

  run (&call, run_note);
}

static GPtrArray *
take (Province *self)
{
  Call call = { .province = self };

  run (&call, run_take);
  return call.items;
}

static void
settle (Province  *self,
        GPtrArray *items,
        guint      status,
        const char *state)
{
  const char *key = items->len > 0 ? ((YejiPushItem *) g_ptr_array_index (items, 0))->key : "";
  g_autofree char *text = g_strdup_printf ("{\"key\": \"%s\", \"state\": \"%s\","
                                           " \"message\": \"不对\", \"receipt\": \"R1\"}", key,
                                           state);
  g_autoptr (YejiPushAnswer) answer = yeji_push_answer_new (status, text, -1, NULL, key,
                                                             self->context->dictionary);
  Call call = { .province = self, .items = items, .answer = answer };

  g_assert_cmpuint (items->len, ==, 1);
  run (&call, run_settle);
}

/* (transfer full): "waiting" and so on, "none" */
static char *
get_state (Province   *self,
           const char *uuid)
{
  g_autoptr (JsonObject) object = json_object_new ();
  Call call = { .province = self, .uuid = uuid, .object = object };
  JsonObject *national;

  run (&call, run_state);
  national = yeji_json_get_object (object, "national");
  return g_strdup (national != NULL ? yeji_json_get_string (national, "state") : "none");
}

#define assert_state(self, uuid, expected) \
  G_STMT_START { \
    g_autofree char *state_ = get_state (self, uuid); \
    g_assert_cmpstr (state_, ==, expected); \
  } G_STMT_END

static char *
make_body (Province *self)
{
  return read_sample ("complete-construction.json");
}

/* What is queued, by what the public page shows. */
static void
test_wanted (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *state, *grade, *expected;
  } cases[] = {
    { "approved", "A", "waiting" }, { "approved", "B", "waiting" }, { "approved", "C", "waiting" },
    { "approved", "D", "none" }, { "approved", NULL, "none" }, { "submitted", "D", "none" },
    { "revoked", NULL, "none" }, { "revoked", "A", "none" }, { "withdrawn", NULL, "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %s", cases[i].state, cases[i].grade);
      publish (self, UUID, cases[i].state, cases[i].grade, "{}");
      note (self, UUID);
      assert_state (self, UUID, cases[i].expected);
    }
}

static void
test_sent_and_removed (Province      *self,
                       gconstpointer  data)
{
  g_autofree char *body = make_body (self);
  g_autoptr (GPtrArray) published = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) removed = NULL;
  g_autoptr (JsonNode) payload = NULL;

  publish (self, UUID, "approved", "B", body);
  note (self, UUID);
  published = take (self);
  g_assert_cmpuint (published->len, ==, 1);
  again = take (self);
  g_assert_cmpuint (again->len, ==, 0);
  assert_state (self, UUID, "waiting");
  settle (self, published, 200, "accepted");
  assert_state (self, UUID, "accepted");

  /* the same once more is nothing new */
  publish (self, UUID, "approved", "B", body);
  note (self, UUID);
  assert_state (self, UUID, "accepted");

  publish (self, UUID, "approved", "D", body);
  note (self, UUID);
  assert_state (self, UUID, "waiting");
  removed = take (self);
  g_assert_cmpuint (removed->len, ==, 1);
  payload = yeji_json_parse (((YejiPushItem *) g_ptr_array_index (removed, 0))->payload, -1, NULL);
  g_assert_cmpstr (yeji_json_get_string (json_node_get_object (payload), "kind"), ==, "remove");
  g_assert_false (json_object_has_member (json_node_get_object (payload), "tables"));
  settle (self, removed, 200, "accepted");
  assert_state (self, UUID, "removed");
}

/* What was not sent yet is replaced, what may have arrived is followed by what is newer. */
static void
test_order (Province      *self,
            gconstpointer  data)
{
  g_autofree char *body = make_body (self);
  g_autofree char *changed = replace_text (body, "\"PrjSize\": \"", "\"PrjSize\": \"改");
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) second = NULL;
  const YejiPushItem *item;

  publish (self, UUID, "approved", "B", body);
  note (self, UUID);
  publish (self, UUID, "approved", "A", body);
  note (self, UUID);
  first = take (self);
  g_assert_cmpuint (first->len, ==, 1);
  item = g_ptr_array_index (first, 0);
  g_assert_nonnull (strstr (item->payload, "\"grade\":\"A\""));

  publish (self, UUID, "approved", "A", changed);
  note (self, UUID);
  none = take (self);
  g_assert_cmpuint (none->len, ==, 0);
  settle (self, first, 200, "accepted");
  second = take (self);
  g_assert_cmpuint (second->len, ==, 1);
  item = g_ptr_array_index (second, 0);
  g_assert_nonnull (strstr (item->payload, "改"));
}

static void
test_undone (Province      *self,
             gconstpointer  data)
{
  g_autofree char *body = make_body (self);
  g_autoptr (GPtrArray) items = NULL;

  publish (self, UUID, "approved", "B", body);
  note (self, UUID);
  publish (self, UUID, "submitted", NULL, NULL);
  note (self, UUID);
  assert_state (self, UUID, "none");
  items = take (self);
  g_assert_cmpuint (items->len, ==, 0);
}

/* Nobody told the queue: it looks itself. */
static void
test_not_told (Province      *self,
               gconstpointer  data)
{
  g_autofree char *body = make_body (self);
  g_autoptr (GPtrArray) items = NULL;

  publish (self, UUID, "approved", "B", body);
  note (self, UUID);
  publish (self, UUID, "approved", "D", body);
  items = take (self);
  g_assert_cmpuint (items->len, ==, 0);
  assert_state (self, UUID, "none");
}

/* A try without an answer is made again, with the same words under the same key. */
static void
test_tried_again (Province      *self,
                  gconstpointer  data)
{
  g_autofree char *body = make_body (self);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  const YejiPushItem *before, *after;

  publish (self, UUID, "approved", "B", body);
  note (self, UUID);
  first = take (self);
  settle (self, first, 500, "accepted");
  assert_state (self, UUID, "waiting");
  province_exec (self, "UPDATE push SET due = 0", NULL);
  second = take (self);
  g_assert_cmpuint (second->len, ==, 1);
  before = g_ptr_array_index (first, 0);
  after = g_ptr_array_index (second, 0);
  g_assert_cmpstr (before->key, ==, after->key);
  g_assert_cmpstr (before->payload, ==, after->payload);
  g_assert_cmpuint (after->tries, ==, 2);
  settle (self, second, 202, "received");
  assert_state (self, UUID, "sent");
  settle (self, second, 422, "refused");
  assert_state (self, UUID, "refused");
}

/* One that cannot be sent keeps nobody else back. */
static void
test_unfit (Province      *self,
            gconstpointer  data)
{
  g_autofree char *body = make_body (self);
  g_autofree char *wrong = replace_text (body, "\"AllInvest\": \"", "\"AllInvest\": \"约");
  g_autoptr (GPtrArray) items = NULL;

  publish (self, UUID, "approved", "B", wrong);
  note (self, UUID);
  publish (self, OTHER_UUID, "approved", "B", body);
  note (self, OTHER_UUID);
  items = take (self);
  g_assert_cmpuint (items->len, ==, 1);
  assert_state (self, UUID, "refused");
  assert_state (self, OTHER_UUID, "waiting");
  publish (self, UUID, "approved", "A", "no JSON");
  note (self, UUID);
  g_ptr_array_unref (items);
  items = take (self);
  g_assert_cmpuint (items->len, ==, 0);
  assert_state (self, UUID, "refused");
}

static void
test_no_platform (Province      *self,
                  gconstpointer  data)
{
  self->context->push = NULL;
  publish (self, UUID, "approved", "A", "{}");
  note (self, UUID);
  assert_state (self, UUID, "none");
}

/* Only what names the key, with a word that fits the status, decides anything. */
static void
test_answers (void)
{
  static const struct
  {
    guint status;
    const char *body, *retry_after;
    YejiPushVerdict verdict;
    const char *message;
  } cases[] = {
    { 200, "{\"key\": \"k\", \"state\": \"accepted\"}", NULL, YEJI_PUSH_ACCEPTED, NULL },
    { 201, "{\"key\": \"k\", \"state\": \"accepted\"}", NULL, YEJI_PUSH_ACCEPTED, NULL },
    { 202, "{\"key\": \"k\", \"state\": \"received\"}", NULL, YEJI_PUSH_RECEIVED, NULL },
    { 422, "{\"key\": \"k\", \"state\": \"refused\", \"message\": \"m\"}", NULL, YEJI_PUSH_REFUSED,
      "m" },
    { 409, "{\"key\": \"k\", \"state\": \"refused\", \"errors\": [{\"table\": \"T\","
           " \"field\": \"F\", \"message\": \"m\"}, 3]}", NULL, YEJI_PUSH_REFUSED, "T.F: m" },
    { 200, "{\"key\": \"other\", \"state\": \"accepted\"}", NULL, YEJI_PUSH_UNCLEAR, "HTTP 200" },
    { 200, "{\"key\": \"k\", \"state\": \"refused\"}", NULL, YEJI_PUSH_UNCLEAR, "HTTP 200" },
    { 202, "{\"key\": \"k\", \"state\": \"accepted\"}", NULL, YEJI_PUSH_UNCLEAR, "HTTP 202" },
    { 200, "<html>", NULL, YEJI_PUSH_UNCLEAR, "HTTP 200" },
    { 200, "", NULL, YEJI_PUSH_UNCLEAR, "HTTP 200" },
    { 200, "[]", NULL, YEJI_PUSH_UNCLEAR, "HTTP 200" },
    { 200, "{\"key\": 3, \"state\": {}}", NULL, YEJI_PUSH_UNCLEAR, "HTTP 200" },
    { 401, "{\"message\": \"who\"}", NULL, YEJI_PUSH_UNCLEAR, "who" },
    { 422, "{\"message\": \"a\\nb\\u0007c\"}", NULL, YEJI_PUSH_UNCLEAR, "a b c" },
    { 302, "", NULL, YEJI_PUSH_UNCLEAR, "HTTP 302" },
    { 0, "", NULL, YEJI_PUSH_UNCLEAR, "HTTP 0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiPushAnswer) answer = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      answer = yeji_push_answer_new (cases[i].status, cases[i].body, -1, NULL, "k", NULL);
      g_assert_cmpint (answer->verdict, ==, cases[i].verdict);
      g_assert_cmpstr (answer->message, ==, cases[i].message);
      g_assert_cmpint (answer->trouble, ==, cases[i].verdict == YEJI_PUSH_UNCLEAR);
    }
}

/* A clerk is told the place by its name in the form. */
static void
test_places (Province      *self,
             gconstpointer  data)
{
  static const char body[] = "{\"key\": \"k\", \"state\": \"refused\", \"errors\": ["
                             "{\"table\": \"TBProjectInfo\", \"field\": \"PrjName\","
                             " \"message\": \"m\"}, {\"table\": \"T\", \"field\": \"F\","
                             " \"message\": \"n\"}]}";
  g_autoptr (YejiPushAnswer) answer = yeji_push_answer_new (422, body, -1, NULL, "k",
                                                            self->context->dictionary);

  g_assert_cmpstr (answer->message, ==, "项目基本信息 项目名称: m; T.F: n");
}

static void
test_retry_after (void)
{
  static const struct
  {
    const char *header;
    gint64 least, most;
  } cases[] = {
    { NULL, 0, 0 }, { "7", 7, 7 }, { "-7", 0, 0 }, { "soon", 0, 0 }, { "99999999", 86400, 86400 },
    { "99999999999999999999", 0, 0 }, { "Wed, 21 Oct 2015 07:28:00 GMT", 0, 0 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", 86400, 86400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiPushAnswer) answer = yeji_push_answer_new (503, "", 0, cases[i].header, "k",
                                                             NULL);

      g_test_message ("%s", cases[i].header);
      g_assert_cmpint (answer->retry_after, >=, cases[i].least);
      g_assert_cmpint (answer->retry_after, <=, cases[i].most);
    }
}

static void
test_delays (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    guint tries;
    gint64 retry_after, least, most;
  } cases[] = {
    { 0, 0, 7, 13 }, { 1, 0, 7, 13 }, { 2, 0, 15, 25 }, { 4, 0, 60, 100 }, { 9, 0, 1920, 3200 },
    { 10, 0, 2700, 4500 }, { 4000000000, 0, 2700, 4500 }, { 1, 600, 600, 600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < 50; j++)
      {
        gint64 delay = yeji_push_delay (self->context, cases[i].tries, cases[i].retry_after);

        g_assert_cmpint (delay, >=, cases[i].least);
        g_assert_cmpint (delay, <=, cases[i].most);
      }
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Province *self, gconstpointer data);
  } tests[] = {
    { "/server/push/is-queued-by-what-the-public-page-shows", test_wanted },
    { "/server/push/is-sent-once-and-removed-when-it-is-d", test_sent_and_removed },
    { "/server/push/replaces-what-waits-and-keeps-the-order", test_order },
    { "/server/push/forgets-what-was-taken-back", test_undone },
    { "/server/push/looks-once-more-before-it-sends", test_not_told },
    { "/server/push/says-the-same-when-it-tries-again", test_tried_again },
    { "/server/push/is-not-held-up-by-what-cannot-be-sent", test_unfit },
    { "/server/push/does-nothing-without-a-platform", test_no_platform },
    { "/server/push/waits-longer-each-time", test_delays },
    { "/server/push/calls-places-as-the-form-does", test_places },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Province, NULL, set_up, tests[i].test, province_tear_down);
  g_test_add_func ("/server/push/believes-only-what-names-the-key", test_answers);
  g_test_add_func ("/server/push/heeds-when-it-is-to-try-again", test_retry_after);
  return g_test_run ();
}
