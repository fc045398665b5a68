// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the province puts its name to. */

#include "config.h"

#include "yeji-server-files-fixture.h"

#include <glib/gstdio.h>

#include "yeji-canonical.h"
#include "yeji-receipt-keys.h"
#include "yeji-signed-receipt.h"

static const YejiServerSettings settings = {
  .password_passes = 1, .password_memory = 8192, .follow_seconds = 72 * 60 * 60,
  .sweep_seconds = 1, .wait_seconds = 20,
};

static const char * const slots[] = {
  "award_notice", "contract", "construction_permit", "acceptance_report",
};

static void
send_scan (Site  *self,
           guint  i)
{
  g_autoptr (GBytes) content = make_document (slots[i], 3000 + i);
  g_autoptr (Answer) answer = send_document (self, content, slots[i], "scan.pdf");

  g_assert_cmpuint (answer->status, ==, 201);
}

static JsonNode *
submit (Site       *self,
        const char *key,
        gboolean    follow)
{
  g_autoptr (GString) list = g_string_new ("{\"files\": [");
  g_autoptr (Answer) answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autoptr (GBytes) content = make_document (slots[i], 3000 + i);
      g_autofree char *sha256 = sum_document (content);

      g_string_append_printf (list, "%s{\"slot\": \"%s\", \"sha256\": \"%s\","
                                    " \"filename\": \"%s.pdf\"}",
                              i > 0 ? ", " : "", slots[i], sha256, slots[i]);
    }
  g_string_append_printf (list, "], \"files_follow\": %s}", follow ? "true" : "false");
  answer = fetch_json (self, "qiye", "POST", "/v1/records/" UUID ":submit", list->str,
                       "Idempotency-Key", key, "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (answer->status, ==, 200);
  return get_json (answer);
}

static JsonNode *
ask_json (Site       *self,
          const char *path)
{
  g_autoptr (Answer) answer = fetch (self, "qiye", "GET", path, NULL, NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  return get_json (answer);
}

static char *
get_key (Site *self)
{
  g_autoptr (JsonNode) config = ask_json (self, "/v1/config");
  JsonObject *key = json_object_get_object_member (json_node_get_object (config), "receipt_key");
  g_autofree char *id = yeji_receipt_key_get_id (yeji_json_get_string (key, "key"));

  g_assert_cmpstr (yeji_json_get_string (key, "id"), ==, id);
  return g_strdup (yeji_json_get_string (key, "key"));
}

/* The receipt in an answer, proven. */
static YejiSignedReceipt *
prove (Site     *self,
       JsonNode *answer)
{
  JsonNode *node = json_object_get_member (json_node_get_object (answer),
                                           YEJI_WIRE_MEMBER_RECEIPT);
  g_autofree char *key = get_key (self);
  g_autoptr (GError) error = NULL;
  YejiSignedReceipt *receipt = yeji_signed_receipt_new_from_json (node, &error);

  g_assert_no_error (error);
  g_assert_true (yeji_signed_receipt_verify (receipt, key, &error));
  g_assert_no_error (error);
  return receipt;
}

static char *
print_receipt (JsonNode *answer)
{
  JsonNode *node = json_object_get_member (json_node_get_object (answer),
                                           YEJI_WIRE_MEMBER_RECEIPT);

  return yeji_canonical_json (node, NULL);
}

static void
test_story (Site          *self,
            gconstpointer  data)
{
  g_autofree char *sample = read_sample ("complete-construction.json");
  g_autoptr (JsonNode) sent = yeji_json_parse (sample, -1, NULL);
  g_autofree char *sum = yeji_canonical_sha256 (sent, NULL);
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (JsonNode) early = NULL;
  g_autoptr (JsonNode) late = NULL;
  g_autoptr (YejiSignedReceipt) first = NULL;
  g_autoptr (YejiSignedReceipt) last = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  g_autofree char *shown = NULL;
  YejiReceiptFile *file;
  JsonArray *all;

  put_sample (self, "complete-construction.json");
  send_scan (self, 0);
  answer = submit (self, "first", TRUE);
  first = prove (self, answer);
  g_assert_cmpstr (first->uuid, ==, UUID);
  g_assert_cmpstr (first->revision, ==, "r2");
  g_assert_cmpstr (first->record_sha256, ==, sum);
  g_assert_cmpstr (first->submitted_at, ==,
                   yeji_json_get_string (json_node_get_object (answer), "at"));
  g_assert_null (first->files_complete_at);
  g_assert_cmpuint (first->files->len, ==, 4);
  file = g_ptr_array_index (first->files, 1);
  g_assert_cmpstr (file->slot, ==, "award_notice");
  g_assert_cmpstr (file->filename, ==, "award_notice.pdf");
  g_assert_cmpint (file->size, ==, 3000);
  g_assert_nonnull (file->received_at);
  file = g_ptr_array_index (first->files, 3);
  g_assert_cmpint (file->size, ==, -1);
  g_assert_null (file->received_at);

  /* The same request gets the very same receipt, also after the last document came. */
  early = ask_json (self, "/v1/records/" UUID "/receipts");
  text = print_receipt (answer);
  shown = print_receipt (early);
  g_assert_cmpstr (shown, ==, text);
  for (guint i = 1; i < 4; i++)
    send_scan (self, i);
  again = submit (self, "first", TRUE);
  other = print_receipt (again);
  g_assert_cmpstr (other, ==, text);

  late = ask_json (self, "/v1/records/" UUID "/receipts");
  last = prove (self, late);
  g_assert_cmpstr (last->submitted_at, ==, first->submitted_at);
  g_assert_cmpstr (last->record_sha256, ==, sum);
  g_assert_nonnull (last->files_complete_at);
  for (guint i = 0; i < 4; i++)
    {
      file = g_ptr_array_index (last->files, i);
      g_assert_nonnull (file->received_at);
      g_assert_cmpint (file->size, >=, 3000);
    }
  all = json_object_get_array_member (json_node_get_object (late), "receipts");
  g_assert_cmpuint (json_array_get_length (all), ==, 2);
}

/* However it is written: blanks, the order of members, escapes. */
static void
test_form_does_not_matter (Site          *self,
                           gconstpointer  data)
{
  g_autofree char *sample = read_sample ("complete-construction.json");
  g_autoptr (JsonNode) sent = yeji_json_parse (sample, -1, NULL);
  g_autofree char *canonical = yeji_canonical_json (sent, NULL);
  g_autofree char *sum = yeji_canonical_sha256 (sent, NULL);
  g_autoptr (Answer) put = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (YejiSignedReceipt) receipt = NULL;

  put = fetch_json (self, "qiye", "PUT", "/v1/records/" UUID, canonical, "If-None-Match", "*",
                    NULL);
  g_assert_cmpuint (put->status, ==, 201);
  for (guint i = 0; i < 4; i++)
    send_scan (self, i);
  answer = submit (self, "all", FALSE);
  receipt = prove (self, answer);
  g_assert_cmpstr (receipt->record_sha256, ==, sum);
  g_assert_cmpstr (receipt->files_complete_at, ==, receipt->submitted_at);
}

/* A new key signs from the next start on; the old one is still told, and vouches for the new. */
static void
test_keys (Site          *self,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->dir, "receipt-key.json", NULL);
  g_autofree char *first = get_key (self);
  g_autofree char *same = NULL;
  g_autofree char *second = NULL;
  g_autoptr (YejiReceiptKeys) keys = NULL;
  g_autoptr (JsonNode) config = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *list;
  JsonObject *last;
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  site_stop (self);
  site_start (self);
  same = get_key (self);
  g_assert_cmpstr (same, ==, first);

  keys = yeji_receipt_keys_open (self->dir, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_receipt_keys_rotate (keys, &error));
  site_stop (self);
  site_start (self);
  second = get_key (self);
  g_assert_cmpstr (second, !=, first);
  config = ask_json (self, "/v1/config");
  list = json_object_get_array_member (json_node_get_object (config), "receipt_keys");
  g_assert_cmpuint (json_array_get_length (list), ==, 2);
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (list, 0), "key"), ==,
                   first);
  last = json_array_get_object_element (list, 1);
  g_assert_cmpstr (yeji_json_get_string (last, "key"), ==, second);
  g_assert_true (yeji_receipt_key_is_endorsed (second, first,
                                               yeji_json_get_string (last, "endorsement")));
  g_assert_false (json_object_has_member (last, "seed"));
}

/* Only a key of before can be said to vouch for none. */
static void
test_revoked (Site          *self,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->dir, "settings.json", NULL);
  g_autoptr (YejiReceiptKeys) keys = NULL;
  g_autofree char *first = NULL;
  g_autoptr (JsonNode) config = NULL;
  g_autoptr (GError) error = NULL;
  const char *wrong[2] = { "0123456789abcdef" };
  JsonArray *list;

  keys = yeji_receipt_keys_open (self->dir, &error);
  g_assert_no_error (error);
  first = g_strdup (yeji_receipt_keys_get_id (keys));
  g_assert_true (yeji_receipt_keys_rotate (keys, &error));
  wrong[1] = yeji_receipt_keys_get_id (keys);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (yeji_receipt_keys_revoke (keys, wrong[i], &error));
      g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER);
      g_clear_error (&error);
    }

  site_stop (self);
  {
    g_autofree char *text = g_strdup_printf ("{\"receipts\": {\"revoked\": \" %s \"}}", first);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  }
  site_start (self);
  config = ask_json (self, "/v1/config");
  list = json_object_get_array_member (json_node_get_object (config), "receipt_keys");
  g_assert_true (json_object_get_boolean_member (json_array_get_object_element (list, 0),
                                                 "revoked"));
  g_assert_false (json_object_has_member (json_array_get_object_element (list, 1), "revoked"));
}

/* Clients trust the first key: one that cannot be read is never replaced by another. */
static void
test_keys_are_never_lost (void)
{
  static const char * const contents[] = {
    "", "{}", "{\"seed\": \"AAAA\", \"keys\": []}", "{\"seed\": 7, \"keys\": [{}]}", "\xff",
  };
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "receipt-key.json", NULL);
  g_autoptr (YejiReceiptKeys) made = yeji_receipt_keys_open (dir, NULL);
  g_autofree char *good = NULL;
  g_autofree char *other = NULL;

  g_assert_nonnull (made);
  g_assert_true (g_file_get_contents (path, &good, NULL, NULL));
  for (guint i = 0; i <= G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      if (i == G_N_ELEMENTS (contents))   /* a seed of another key */
        {
          g_autoptr (GString) text = g_string_new (good);
          const char *seed = strstr (text->str, "\"seed\" : \"") + 10;

          text->str[seed - text->str] = *seed == 'A' ? 'B' : 'A';
          other = g_strdup (text->str);
        }
      g_assert_true (g_file_set_contents (path, i < G_N_ELEMENTS (contents) ? contents[i] : other,
                                          -1, NULL));
      g_assert_null (yeji_receipt_keys_open (dir, &error));
      g_assert_nonnull (error);
      g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, i < G_N_ELEMENTS (contents) ? contents[i] : other);
    }
  yeji_test_dir_remove (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* These scans are none. */
  g_setenv ("YEJI_EXAMINER", "nowhere", TRUE);

#define ADD(path, func) g_test_add (path, Site, &settings, site_set_up, func, site_tear_down)
  ADD ("/server/receipts/tell-of-what-came-and-stay-as-they-are", test_story);
  ADD ("/server/receipts/are-of-what-was-sent-in-whatever-form", test_form_does_not_matter);
  ADD ("/server/receipts/are-signed-with-a-key-that-can-be-followed", test_keys);
  ADD ("/server/receipts/an-old-key-may-vouch-for-none", test_revoked);
  g_test_add_func ("/server/receipts/have-a-key-that-is-never-replaced", test_keys_are_never_lost);
  return g_test_run ();
}
