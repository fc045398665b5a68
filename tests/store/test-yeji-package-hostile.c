// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-package"

#include "config.h"

#include "package-fixture.h"

#define SUM "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

/* A package as somebody who has the passphrase could make it. */
typedef struct
{
  GOutputStream *stream;
  YejiSealedWriter *writer;
} Maker;

static void
begin (Maker *maker)
{
  g_autoptr (GError) error = NULL;

  maker->stream = g_memory_output_stream_new_resizable ();
  maker->writer = yeji_sealed_writer_new (maker->stream, YEJI_PACKAGE_MAGIC, PACKAGE_PASSPHRASE,
                                          NULL, &error);
  g_assert_no_error (error);
}

static void
put (Maker      *maker,
     YejiMember  kind,
     const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_package_write_text (maker->writer, kind, text, &error));
}

static void
end (Maker          *maker,
     PackageFixture *fixture)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (maker->stream);
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_sealed_writer_finish (maker->writer, &error));
  g_assert_true (g_file_set_contents (fixture->path, g_memory_output_stream_get_data (memory),
                                      (gssize) g_memory_output_stream_get_data_size (memory),
                                      &error));
  g_clear_pointer (&maker->writer, yeji_sealed_writer_free);
  g_clear_object (&maker->stream);
}

/* Nothing of it is taken, and nothing of it stays. */
static void
assert_refused (PackageFixture   *fixture,
                YejiPackageError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiPackage) package = NULL;
  g_autoptr (YejiTakeReport) report = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *files = g_build_filename (fixture->there.dir, "files", NULL);
  g_autofree char *shelf = g_build_filename (files, "ba", NULL);
  g_autofree char *found = NULL;

  package = yeji_package_open (fixture->path, PACKAGE_PASSPHRASE, NULL, &error);
  if (package != NULL)
    report = yeji_package_take (package, fixture->there.store, NULL, NULL, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, YEJI_PACKAGE_ERROR, (int) code);
  entries = yeji_store_list (fixture->there.store, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
  g_rmdir (shelf);                     /* an empty one may be left */
  found = backup_fixture_list (files);
  g_assert_cmpstr (found, ==, "");
}

#define HEAD(records, files, bytes) \
  "{\"format\":1,\"program\":\"x\",\"made_at\":\"2026-01-02T03:04:05Z\",\"made_by\":\"x\"," \
  "\"records\":" records ",\"documents\":1,\"files\":" files ",\"bytes\":" bytes "}"

#define UUID "3b241101-e2bb-4255-8caf-4136c566a962"

#define RECORD_OF(uuid, documents) \
  "{\"uuid\":\"" uuid "\",\"name\":\"x\",\"dictionary\":\"1\"," \
  "\"created_at\":\"2026-01-02T03:04:05Z\",\"changed_at\":\"2026-01-02T03:04:05Z\"," \
  "\"province\":{},\"documents\":[" documents "]}"
#define RECORD RECORD_OF (UUID, "")

#define DOCUMENT(id, sum, name) \
  "{\"id\":\"" id "\",\"slot\":\"contract\",\"sha256\":\"" sum "\",\"filename\":\"" name "\"," \
  "\"added_at\":\"2026-01-02T03:04:05Z\",\"position\":1,\"rotation\":0}"

#define BODY "{\"uuid\":\"" UUID "\",\"role\":\"design\",\"project\":{\"PrjName\":\"一\"}}"

#define LINE_OF(step, at, why) \
  "[{\"step\":" step ",\"table\":\"\",\"row\":\"\",\"field\":\"role\",\"at\":\"" at "\"," \
  "\"who\":\"x\",\"why\":\"" why "\",\"after\":\"design\"}]"
#define LINE LINE_OF ("1", "2026-01-02T03:04:05Z", "typed")

typedef struct
{
  YejiMember kind;
  const char *text;
} Part;

typedef struct
{
  const char *name;
  YejiPackageError code;
  Part parts[10];                      /* to the first without a text */
} Case;

#define GOOD_HEAD { YEJI_MEMBER_HEAD, HEAD ("1", "0", "0") }
#define GOOD_RECORD { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY }, \
                    { YEJI_MEMBER_HISTORY, LINE }
#define GOOD_END { YEJI_MEMBER_END, "" }
#define DAMAGED YEJI_PACKAGE_ERROR_DAMAGED

/* The content of SUM behind it. */
static const char abc[] = "\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
                          "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad" "abc";

static const Case cases[] = {
  { "nothing", DAMAGED, { { 0, NULL } } },
  { "no head", DAMAGED, { GOOD_RECORD, GOOD_END } },
  { "head is no JSON", DAMAGED, { { YEJI_MEMBER_HEAD, "{" }, GOOD_END } },
  { "head is an array", DAMAGED, { { YEJI_MEMBER_HEAD, "[]" }, GOOD_END } },
  { "newer format", YEJI_PACKAGE_ERROR_NEWER, { { YEJI_MEMBER_HEAD, "{\"format\":2}" } } },
  { "no format", DAMAGED, { { YEJI_MEMBER_HEAD, "{}" } } },
  { "two heads", DAMAGED, { GOOD_HEAD, GOOD_HEAD, GOOD_RECORD, GOOD_END } },
  { "huge count of records", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("9007199254740993", "0", "0") }, GOOD_RECORD, GOOD_END } },
  { "negative count", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("-1", "0", "0") }, GOOD_RECORD, GOOD_END } },
  { "more bytes than the file", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("1", "0", "9007199254740993") }, GOOD_RECORD, GOOD_END } },
  { "more records than it says", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("0", "0", "0") }, GOOD_RECORD, GOOD_END } },
  { "fewer records than it says", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("2", "0", "0") }, GOOD_RECORD, GOOD_END } },
  { "a record twice", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("2", "0", "0") }, GOOD_RECORD, GOOD_RECORD, GOOD_END } },
  { "no end", DAMAGED, { GOOD_HEAD, GOOD_RECORD } },
  { "more behind the end", DAMAGED, { GOOD_HEAD, GOOD_RECORD, GOOD_END, GOOD_END } },
  { "no body", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "no history", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY }, GOOD_END } },
  { "a body alone", DAMAGED, { GOOD_HEAD, { YEJI_MEMBER_BODY, BODY }, GOOD_END } },
  { "uuid leads elsewhere", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD_OF ("../../x", "") }, { YEJI_MEMBER_BODY, BODY },
      { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "another record inside", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD_OF ("3b241101-e2bb-4255-8caf-4136c566a963", "") },
      { YEJI_MEMBER_BODY, BODY }, { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "a body that is no record", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, "[1]" },
      { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "name with folders", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD_OF (UUID, DOCUMENT (UUID, SUM, "../../etc/passwd")) },
      { YEJI_MEMBER_BODY, BODY }, { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "name with a drive", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD_OF (UUID, DOCUMENT (UUID, SUM, "C:\\\\x")) },
      { YEJI_MEMBER_BODY, BODY }, { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "sum leads elsewhere", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD_OF (UUID, DOCUMENT (UUID, "../../x", "x")) },
      { YEJI_MEMBER_BODY, BODY }, { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "step is none", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY },
      { YEJI_MEMBER_HISTORY, LINE_OF ("0", "2026-01-02T03:04:05Z", "typed") }, GOOD_END } },
  { "steps go backwards", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY },
      { YEJI_MEMBER_HISTORY, LINE_OF ("2", "2026-01-02T03:04:05Z", "typed") },
      { YEJI_MEMBER_HISTORY, LINE }, GOOD_END } },
  { "a moment that is none", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY },
      { YEJI_MEMBER_HISTORY, LINE_OF ("1", "yesterday", "typed") }, GOOD_END } },
  { "a reason that is none", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY },
      { YEJI_MEMBER_HISTORY, LINE_OF ("1", "2026-01-02T03:04:05Z", "<b>") }, GOOD_END } },
  { "history is no array", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY },
      { YEJI_MEMBER_HISTORY, "{}" }, GOOD_END } },
  { "history of numbers", DAMAGED,
    { GOOD_HEAD, { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_BODY, BODY },
      { YEJI_MEMBER_HISTORY, "[1]" }, GOOD_END } },
  { "no UTF-8", DAMAGED, { { YEJI_MEMBER_HEAD, "{\"format\":1,\"program\":\"\xff\"}" } } },
  { "a document that is shorter than its sum", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("1", "1", "3") }, GOOD_RECORD, { YEJI_MEMBER_FILE, "abc" },
      GOOD_END } },
  { "a document that nobody announced", DAMAGED,
    { GOOD_HEAD, GOOD_RECORD, { YEJI_MEMBER_FILE, "0123456789012345678901234567890123" },
      GOOD_END } },
  { "a document that is another", DAMAGED,
    { { YEJI_MEMBER_HEAD, HEAD ("1", "1", "2") }, GOOD_RECORD,
      { YEJI_MEMBER_FILE, "0123456789012345678901234567890123" }, GOOD_END } },
};

static void
test_parts (PackageFixture *fixture,
            gconstpointer   data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Maker maker;

      g_test_message ("%s", cases[i].name);
      begin (&maker);
      for (const Part *part = cases[i].parts; part->text != NULL; part++)
        put (&maker, part->kind, part->text);
      end (&maker, fixture);
      assert_refused (fixture, cases[i].code);
    }
}

static void
put_file (Maker   *maker,
          guint64  length)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_package_write_head (maker->writer, YEJI_MEMBER_FILE, length, &error));
  g_assert_true (yeji_sealed_writer_write (maker->writer, abc, sizeof abc - 1, &error));
}

/* What was staged before the end was found to be wrong is thrown away. */
static void
test_staged_for_nothing (PackageFixture *fixture,
                         gconstpointer   data)
{
  static const Part endings[][2] = {
    { { YEJI_MEMBER_RECORD, RECORD }, { YEJI_MEMBER_END, "" } },
    { { YEJI_MEMBER_HEAD, HEAD ("1", "1", "3") }, { YEJI_MEMBER_END, "" } },
    { { YEJI_MEMBER_END, "x" }, { 0, NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      Maker maker;

      begin (&maker);
      put (&maker, YEJI_MEMBER_HEAD, HEAD ("1", "1", "3"));
      put (&maker, YEJI_MEMBER_RECORD, RECORD_OF (UUID, DOCUMENT (UUID, SUM, "x.pdf")));
      put (&maker, YEJI_MEMBER_BODY, BODY);
      put (&maker, YEJI_MEMBER_HISTORY, LINE);
      put_file (&maker, sizeof abc - 1);
      for (guint j = 0; j < 2 && endings[i][j].text != NULL; j++)
        put (&maker, endings[i][j].kind, endings[i][j].text);
      end (&maker, fixture);
      assert_refused (fixture, DAMAGED);
    }
}

/* Lengths that are lies cost no memory. */
static void
test_lengths (PackageFixture *fixture,
              gconstpointer   data)
{
  static const guint64 lengths[] = { 0, 31, 36, (guint64) 1 << 40, G_MAXINT64,
                                     (guint64) G_MAXINT64 + 1, G_MAXUINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (guint text = 0; text < 2; text++)
      {
        g_autoptr (GError) error = NULL;
        Maker maker;

        begin (&maker);
        if (text == 0)
          {
            put (&maker, YEJI_MEMBER_HEAD, HEAD ("1", "1", "3"));
            put (&maker, YEJI_MEMBER_RECORD, RECORD);
            put (&maker, YEJI_MEMBER_BODY, BODY);
            put (&maker, YEJI_MEMBER_HISTORY, LINE);
            put_file (&maker, lengths[i]);
          }
        else
          g_assert_true (yeji_package_write_head (maker.writer, YEJI_MEMBER_HEAD,
                                                  lengths[i] | (1 << 26), &error));
        end (&maker, fixture);
        assert_refused (fixture, DAMAGED);
      }
}

/* ---- Files */

static void
test_files (PackageFixture *fixture,
            gconstpointer   data)
{
  static const struct { const char *content; gssize length; YejiPackageError code; } files[] = {
    { "", 0, YEJI_PACKAGE_ERROR_FOREIGN },
    { "PK\003\004 and so on, which is some zip archive that somebody has renamed to open it here",
      -1, YEJI_PACKAGE_ERROR_FOREIGN },
    { "yeji-packag", -1, YEJI_PACKAGE_ERROR_FOREIGN },
    { YEJI_PACKAGE_MAGIC, 16, YEJI_PACKAGE_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, files[i].content, files[i].length, NULL));
      g_assert_cmpint (yeji_package_is_package (fixture->path), ==, i == 3);
      assert_refused (fixture, files[i].code);
    }
  g_remove (fixture->path);
  assert_refused (fixture, YEJI_PACKAGE_ERROR_FILE);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture, YEJI_PACKAGE_ERROR_FILE);
}

static void
test_spoilt (PackageFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->here.dictionary);
  g_autofree char *content = NULL;
  gsize length;

  store_fixture_save (&fixture->here, record, 0);
  backup_fixture_attach (&fixture->here, record, "甲.pdf");
  package_fixture_pack (fixture, &fixture->here);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  for (gsize at = YEJI_SEALED_HEAD_SIZE; at < length; at += length / 16)
    {
      g_assert_true (g_file_set_contents (fixture->path, content, (gssize) at, NULL));
      assert_refused (fixture, YEJI_PACKAGE_ERROR_DAMAGED);
      content[at] ^= 1;
      g_assert_true (g_file_set_contents (fixture->path, content, (gssize) length, NULL));
      assert_refused (fixture, at < YEJI_SEALED_HEAD_SIZE + YEJI_SEALED_OVERHEAD
                               ? YEJI_PACKAGE_ERROR_PASSPHRASE : YEJI_PACKAGE_ERROR_DAMAGED);
      content[at] ^= 1;
    }
}

/* ---- What goes wrong while it is worked on */

static void
cancel (const char *step,
        gpointer    data)
{
  if (g_str_equal (step, "record-taken"))
    g_cancellable_cancel (data);
}

static void
test_cancelled (PackageFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (YejiRecord) one = backup_fixture_add (&fixture->here, "一");
  g_autoptr (YejiRecord) two = backup_fixture_add (&fixture->here, "二");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (YejiPackage) package = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  package_fixture_pack (fixture, &fixture->here);
  package = package_fixture_open (fixture);
  yeji_backup_set_step_func (cancel, cancellable);
  g_assert_null (yeji_package_take (package, fixture->there.store, NULL, NULL, cancellable,
                                    &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  entries = yeji_store_list (fixture->there.store, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
  package_fixture_take (fixture, &fixture->there);
  g_assert_cmpuint (fixture->report->items->len, ==, 2);
}

/* As it would be found after a kill: what lies on the disk then is a sound profile, and the next
 * attempt brings everything. */
typedef struct
{
  PackageFixture *fixture;
  const char *at;
  char *copy;
} Kill;

static void
copy_profile (const char *step,
              gpointer    data)
{
  Kill *kill = data;

  if (g_str_equal (step, kill->at) && !g_file_test (kill->copy, G_FILE_TEST_EXISTS))
    backup_fixture_copy_tree (kill->fixture->there.dir, kill->copy);
}

static void
test_killed (PackageFixture *fixture,
             gconstpointer   data)
{
  static const char *const steps[] = { "content-staged", "record-taken" };
  g_autoptr (YejiRecord) one = backup_fixture_add (&fixture->here, "一");
  g_autoptr (YejiRecord) two = backup_fixture_add (&fixture->here, "二");

  backup_fixture_attach (&fixture->here, one, "甲.pdf");
  backup_fixture_attach (&fixture->here, two, "乙.pdf");
  package_fixture_pack (fixture, &fixture->here);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      Kill kill = { fixture, steps[i], g_build_filename (fixture->dir, steps[i], NULL) };
      StoreFixture found = { kill.copy, fixture->there.dictionary, NULL };
      g_autoptr (GPtrArray) before = NULL;

      yeji_backup_set_step_func (copy_profile, &kill);
      package_fixture_take (fixture, &fixture->there);
      yeji_backup_set_step_func (NULL, NULL);
      store_fixture_open (&found);
      before = yeji_store_list (found.store, NULL);
      g_assert_cmpuint (before->len, ==, 0);
      package_fixture_take (fixture, &found);
      g_assert_cmpuint (fixture->report->items->len, ==, 2);
      package_fixture_assert_kind (fixture, 0, YEJI_TAKE_NEW);
      package_fixture_assert_n_documents (&found, one, 1);
      package_fixture_assert_n_documents (&found, two, 1);
      store_fixture_close (&found);
      store_fixture_close (&fixture->there);
      yeji_test_dir_remove (fixture->there.dir);
      g_assert_cmpint (g_mkdir (fixture->there.dir, 0700), ==, 0);
      store_fixture_open (&fixture->there);
      g_free (kill.copy);
    }
}

static void
test_damaged_document (PackageFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr (YejiRecord) record = backup_fixture_add (&fixture->here, "一");
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  backup_fixture_attach (&fixture->here, record, "甲.pdf");
  list = yeji_store_get_attachments (fixture->here.store, yeji_record_get_uuid (record), NULL);
  content = yeji_copies_get_path (fixture->here.dir,
                                  yeji_attachment_get_sha256 (g_ptr_array_index (list, 0)));
  g_assert_true (g_file_set_contents (content, "%PDF-1.4 something else", -1, NULL));
  g_assert_false (yeji_package_write (fixture->here.store, fixture->path, NULL,
                                      PACKAGE_PASSPHRASE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "甲.pdf"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  /* One that is gone is told, and the rest is packed. */
  g_remove (content);
  package_fixture_hand_over (fixture, &fixture->here, &fixture->there);
  g_assert_cmpuint (fixture->report->missing->len, ==, 1);
  package_fixture_assert_n_documents (&fixture->there, record, 0);
}

/* A file of that name stays as it was when nothing could be packed. */
static void
test_leaves_what_was_there (PackageFixture *fixture,
                            gconstpointer   data)
{
  const char *unknown[] = { "00000000-0000-4000-8000-000000000000", NULL };
  g_autofree char *content = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  g_assert_false (yeji_package_write (fixture->here.store, fixture->path, unknown,
                                      PACKAGE_PASSPHRASE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (yeji_package_write (fixture->here.store, fixture->path, NULL,
                                      PACKAGE_PASSPHRASE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_NOTHING);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  found = backup_fixture_list (fixture->dir);
  g_assert_cmpstr (found, ==, "移交" YEJI_PACKAGE_SUFFIX);
}

int
main (int    argc,
      char **argv)
{
  static const PackageCase tests[] = {
    { "/store/package/refuses-parts-that-no-package-has", test_parts },
    { "/store/package/throws-away-what-was-staged-for-nothing", test_staged_for_nothing },
    { "/store/package/believes-no-length", test_lengths },
    { "/store/package/refuses-foreign-files", test_files },
    { "/store/package/refuses-what-is-cut-off-or-altered", test_spoilt },
    { "/store/package/takes-all-or-nothing-when-cancelled", test_cancelled },
    { "/store/package/goes-on-after-a-kill", test_killed },
    { "/store/package/packs-no-damaged-document", test_damaged_document },
    { "/store/package/leaves-what-was-there", test_leaves_what_was_there },
  };

  g_test_init (&argc, &argv, NULL);
  yeji_sealed_set_cost (1, 8192);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, PackageFixture, NULL, package_fixture_set_up, tests[i].func,
                package_fixture_tear_down);
  return g_test_run ();
}
