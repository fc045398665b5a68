// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-store-documents"

#include "config.h"

#include <string.h>

#include "store-fixture.h"

#define PDF "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
#define JPEG "\xff\xd8\xff\xe0\x00\x10JFIF"
#define PNG "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"

static GFile *
write_file (StoreFixture *fixture,
            const char   *name,
            const char   *content,
            gsize         length)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, (gssize) length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

/* How many files are below the profile's files/, temporary ones or kept. */
static guint
count_copies (StoreFixture *fixture,
              gboolean      temporary)
{
  g_autofree char *files = g_build_filename (fixture->dir, "files", NULL);
  g_autoptr (GDir) dir = g_dir_open (files, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (files, name, NULL);
      g_autoptr (GDir) shelf = g_dir_open (path, 0, NULL);

      if (temporary)
        count += g_str_has_prefix (name, "tmp-");
      while (!temporary && shelf != NULL && g_dir_read_name (shelf) != NULL)
        count++;
    }
  return count;
}

static YejiRecord *
save_record (StoreFixture *fixture)
{
  YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, "construction");

  store_fixture_save (fixture, record, 0);
  return record;
}

static YejiAttachment *
attach (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *slot,
        GFile        *file)
{
  g_autoptr (GError) error = NULL;
  YejiAttachment *attachment;

  attachment = yeji_store_attach (fixture->store, yeji_record_get_uuid (record), slot, file, NULL,
                                  &error);
  g_assert_no_error (error);
  return attachment;
}

static void
assert_refused (StoreFixture *fixture,
                YejiRecord   *record,
                GFile        *file,
                const char   *part)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_attach (fixture->store, yeji_record_get_uuid (record), "contract", file,
                                    NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  g_assert_cmpuint (count_copies (fixture, TRUE), ==, 0);
  g_assert_cmpuint (count_copies (fixture, FALSE), ==, 0);
  list = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpuint (list->len, ==, 0);
}

static void
test_attach (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  g_autoptr (GFile) pdf = write_file (fixture, "合同.pdf", PDF, sizeof PDF);
  g_autoptr (GFile) jpeg = write_file (fixture, "photo.pdf", JPEG, sizeof JPEG);
  g_autoptr (YejiAttachment) first = attach (fixture, record, "contract", pdf);
  g_autoptr (YejiAttachment) second = attach (fixture, record, "contract", jpeg);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) PDF,
                                                         sizeof PDF);
  g_autoptr (GPtrArray) list = NULL;
  g_auto (GStrv) slots = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GFile) copy = NULL;
  g_autofree char *content = NULL;
  gsize length = 0;

  g_assert_cmpstr (yeji_attachment_get_filename (first), ==, "合同.pdf");
  g_assert_cmpstr (yeji_attachment_get_media_type (first), ==, "application/pdf");
  g_assert_cmpstr (yeji_attachment_get_sha256 (first), ==, digest);
  g_assert_cmpint (yeji_attachment_get_size (first), ==, sizeof PDF);
  g_assert_cmpstr (yeji_attachment_get_record (first), ==, yeji_record_get_uuid (record));
  g_assert_false (yeji_attachment_is_received (first));
  /* The content decides, not the name. */
  g_assert_cmpstr (yeji_attachment_get_media_type (second), ==, "image/jpeg");

  g_assert_true (g_file_delete (pdf, NULL, NULL));
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  copy = yeji_store_get_file (fixture->store, digest);
  g_assert_true (g_file_load_contents (copy, NULL, &content, &length, NULL, NULL));
  g_assert_cmpmem (content, length, PDF, sizeof PDF);

  list = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (yeji_attachment_get_id (g_ptr_array_index (list, 0)), ==,
                   yeji_attachment_get_id (first));
  slots = yeji_store_get_filled_slots (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpuint (g_strv_length (slots), ==, 1);
  g_assert_cmpstr (slots[0], ==, "contract");

  g_assert_true (yeji_store_set_upload (fixture->store, yeji_attachment_get_id (first), "http://u",
                                        NULL));
  g_assert_true (yeji_store_set_received (fixture->store, yeji_attachment_get_id (second), NULL));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpstr (yeji_attachment_get_upload_url (g_ptr_array_index (list, 0)), ==, "http://u");
  g_assert_true (yeji_attachment_is_received (g_ptr_array_index (list, 1)));
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpuint (yeji_entry_get_n_documents (entry), ==, 2);
  g_assert_cmpuint (yeji_entry_get_n_received (entry), ==, 1);
}

static void
test_long (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  gsize length = 3 * 256 * 1024;     /* exactly some chunks */
  g_autofree char *content = g_strnfill (length, 'x');
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) copy = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autofree char *read = NULL;
  gsize read_length = 0;

  memcpy (content, PDF, strlen (PDF));
  file = write_file (fixture, "a.pdf", content, length);
  attachment = attach (fixture, record, "contract", file);
  g_assert_cmpint (yeji_attachment_get_size (attachment), ==, length);
  copy = yeji_store_get_file (fixture->store, yeji_attachment_get_sha256 (attachment));
  g_assert_true (g_file_load_contents (copy, NULL, &read, &read_length, NULL, NULL));
  g_assert_cmpmem (content, length, read, read_length);
}

static void
test_twice (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  g_autoptr (GFile) file = write_file (fixture, "a.pdf", PDF, sizeof PDF);
  g_autoptr (GFile) same = write_file (fixture, "b.pdf", PDF, sizeof PDF);
  g_autoptr (YejiAttachment) first = attach (fixture, record, "contract", file);
  g_autoptr (YejiAttachment) second = attach (fixture, record, "contract", same);
  g_autoptr (YejiAttachment) elsewhere = attach (fixture, record, "other", same);

  g_assert_cmpstr (yeji_attachment_get_id (first), ==, yeji_attachment_get_id (second));
  g_assert_cmpstr (yeji_attachment_get_id (first), !=, yeji_attachment_get_id (elsewhere));
  g_assert_cmpuint (count_copies (fixture, FALSE), ==, 1);
  g_assert_cmpuint (count_copies (fixture, TRUE), ==, 0);
}

static void
test_detach (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  g_autoptr (YejiRecord) other = save_record (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GFile) file = write_file (fixture, "a.pdf", PDF, sizeof PDF);
  g_autoptr (YejiAttachment) first = attach (fixture, record, "contract", file);
  g_autoptr (YejiAttachment) second = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_store_detach (fixture->store, yeji_record_get_uuid (other),
                                     yeji_attachment_get_id (first), &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_assert_true (yeji_store_detach (fixture->store, uuid, yeji_attachment_get_id (first), NULL));
  list = yeji_store_get_attachments (fixture->store, uuid, NULL);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_cmpuint (count_copies (fixture, FALSE), ==, 1);
  second = attach (fixture, record, "contract", file);
  g_assert_cmpstr (yeji_attachment_get_id (first), !=, yeji_attachment_get_id (second));
}

static void
test_content (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *content;
    gsize length;
    const char *part;
  } cases[] = {
    { "png.pdf", PNG, sizeof PNG, "image/png" },
    { "text.pdf", "some words\n", 11, "text/plain" },
    { "empty.pdf", "", 0, "empty" },
    { "late.pdf", NULL, 4096, "by its content" },
  };
  g_autoptr (YejiRecord) record = save_record (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *zeros = g_malloc0 (4096);
      g_autoptr (GFile) file = NULL;

      /* A header that no reader of PDF would find. */
      memcpy (zeros + 2000, PDF, sizeof PDF);
      file = write_file (fixture, cases[i].name,
                         cases[i].content != NULL ? cases[i].content : zeros, cases[i].length);
      assert_refused (fixture, record, file, cases[i].part);
      assert_refused (fixture, record, file, cases[i].name);
    }
}

static void
test_too_big (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  gsize limit = (gsize) yeji_dictionary_get_limits (fixture->dictionary)->file_size;
  g_autofree char *content = g_malloc0 (limit + 1);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) fitting = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;

  memcpy (content, PDF, sizeof PDF);
  file = write_file (fixture, "big.pdf", content, limit + 1);
  assert_refused (fixture, record, file, "limit");
  fitting = write_file (fixture, "fits.pdf", content, limit);
  attachment = attach (fixture, record, "contract", fitting);
  g_assert_cmpint (yeji_attachment_get_size (attachment), ==, limit);
}

static void
test_too_many (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  guint max_files = yeji_dictionary_find_slot (fixture->dictionary, "contract")->max_files;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= max_files; i++)
    {
      g_autofree char *content = g_strdup_printf ("%s%u", PDF, i);
      g_autoptr (GFile) file = write_file (fixture, "a.pdf", content, strlen (content));
      g_autoptr (YejiAttachment) attachment = NULL;

      attachment = yeji_store_attach (fixture->store, yeji_record_get_uuid (record), "contract",
                                      file, NULL, &error);
      g_assert_cmpint (attachment != NULL, ==, i < max_files);
    }
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL);
}

static void
test_unreadable (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  g_autofree char *path = g_build_filename (fixture->dir, "none.pdf", NULL);
  g_autoptr (GFile) missing = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->dir);

  assert_refused (fixture, record, missing, "none.pdf");
  assert_refused (fixture, record, folder, "");
}

static void
test_no_slot (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  g_autoptr (GFile) file = write_file (fixture, "a.pdf", PDF, sizeof PDF);
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_attach (fixture->store, yeji_record_get_uuid (record), "none", file,
                                    NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (yeji_store_attach (fixture->store, "none", "contract", file, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

static void
test_state (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GFile) file = write_file (fixture, "a.pdf", PDF, sizeof PDF);
  g_autoptr (YejiAttachment) attachment = attach (fixture, record, "contract", file);
  g_autoptr (GError) error = NULL;

  store_fixture_apply (fixture, store_fixture_answer_new (record, "r1", "approved",
                                                          "2026-01-02T03:04:05Z"), "c");
  g_assert_null (yeji_store_attach (fixture->store, uuid, "other", file, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (yeji_store_detach (fixture->store, uuid, yeji_attachment_get_id (attachment),
                                     &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
}

/* A file of endless zeros after a PDF header, whose reader cancels in the middle. */
#define TEST_TYPE_STREAM (test_stream_get_type ())
G_DECLARE_FINAL_TYPE (TestStream, test_stream, TEST, STREAM, GFileInputStream)

struct _TestStream
{
  GFileInputStream parent_instance;

  guint n_reads;
};

G_DEFINE_FINAL_TYPE (TestStream, test_stream, G_TYPE_FILE_INPUT_STREAM)

static gssize
test_stream_read (GInputStream  *stream,
                  void          *buffer,
                  gsize          count,
                  GCancellable  *cancellable,
                  GError       **error)
{
  TestStream *self = TEST_STREAM (stream);

  memset (buffer, 0, count);
  if (self->n_reads == 0)
    memcpy (buffer, PDF, sizeof PDF);
  if (++self->n_reads == 3)
    g_cancellable_cancel (cancellable);
  return (gssize) count;
}

static void
test_stream_class_init (TestStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = test_stream_read;
}

static void
test_stream_init (TestStream *self)
{
}

#define TEST_TYPE_FILE (test_file_get_type ())
G_DECLARE_FINAL_TYPE (TestFile, test_file, TEST, FILE, GObject)

struct _TestFile
{
  GObject parent_instance;
};

static char *
test_file_get_basename (GFile *file)
{
  return g_strdup ("endless.pdf");
}

static GFileInputStream *
test_file_read (GFile         *file,
                GCancellable  *cancellable,
                GError       **error)
{
  return g_object_new (TEST_TYPE_STREAM, NULL);
}

static void
test_file_iface_init (GFileIface *iface)
{
  iface->get_basename = test_file_get_basename;
  iface->read_fn = test_file_read;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestFile, test_file, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_FILE, test_file_iface_init))

static void
test_file_class_init (TestFileClass *klass)
{
}

static void
test_file_init (TestFile *self)
{
}

static void
test_cancel (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = g_object_new (TEST_TYPE_FILE, NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_attach (fixture->store, uuid, "contract", file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_copies (fixture, TRUE), ==, 0);
  g_assert_cmpuint (count_copies (fixture, FALSE), ==, 0);
  list = yeji_store_get_attachments (fixture->store, uuid, NULL);
  g_assert_cmpuint (list->len, ==, 0);

  /* Without the cancelling, the limit ends it. */
  assert_refused (fixture, record, file, "limit");
}

static void
test_leftover (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GFile) file = write_file (fixture, "files/tmp-1", PDF, sizeof PDF);

  g_assert_cmpuint (count_copies (fixture, TRUE), ==, 1);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpuint (count_copies (fixture, TRUE), ==, 0);
}

static void
test_spoilt (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_record (fixture);
  g_autoptr (GFile) file = write_file (fixture, "a.pdf", PDF, sizeof PDF);
  g_autoptr (YejiAttachment) first = attach (fixture, record, "contract", file);
  g_autoptr (YejiAttachment) second = NULL;
  g_autoptr (GFile) copy = yeji_store_get_file (fixture->store, yeji_attachment_get_sha256 (first));
  g_autofree char *content = NULL;
  gsize length = 0;

  g_assert_true (g_file_replace_contents (copy, "torn", 4, NULL, FALSE, 0, NULL, NULL, NULL));
  second = attach (fixture, record, "contract", file);
  g_assert_true (g_file_load_contents (copy, NULL, &content, &length, NULL, NULL));
  g_assert_cmpmem (content, length, PDF, sizeof PDF);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/attach/pdf-and-jpeg", test_attach },
    { "/store/attach/whole-chunks", test_long },
    { "/store/attach/same-content-once", test_twice },
    { "/store/attach/mends-a-spoilt-copy", test_spoilt },
    { "/store/attach/refuses-by-content", test_content },
    { "/store/attach/refuses-too-big", test_too_big },
    { "/store/attach/refuses-too-many", test_too_many },
    { "/store/attach/refuses-unreadable", test_unreadable },
    { "/store/attach/refuses-unknown-slot-and-record", test_no_slot },
    { "/store/attach/refuses-where-the-state-forbids", test_state },
    { "/store/attach/cancel-leaves-no-trace", test_cancel },
    { "/store/attach/kill-leaves-no-trace", test_leftover },
    { "/store/detach/keeps-the-content", test_detach },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
