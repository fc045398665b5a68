// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sealed-stream.h"

#include <string.h>

#include "yeji-passphrase.h"

#define MAGIC "yeji-test-stream"
#define PASSPHRASE "桥 lantern 七 orbit"
#define PIECE YEJI_SEALED_PIECE
#define SEALED_PIECE (PIECE + YEJI_SEALED_OVERHEAD)
#define SALT_END 32
#define BODY (YEJI_SEALED_HEAD_SIZE + YEJI_SEALED_OVERHEAD)

/* What docs/hand-over.md says, followed by another program (Python with libsodium alone): two passes,
 * 1 MiB, the salt 1 to 16, and in it "移交". */
#define FOREIGN_PASSPHRASE "cafe\xcc\x81 桥 七"
#define FOREIGN_CONTENT "移交"
static const char foreign[] =
  "eWVqaS10ZXN0LXN0cmVhbQEAAAACAAAAAAAQAAAAAAABAgMEBQYHCAkKCwwNDg8QlAeyzhGoeLkH"
  "mBefI+FkRAsEt3vXnqxeNIATu/vEtA/Fs7n74LstD8Y9cQLoe9XON+UYkZAcroN6rt/Af/swbg==";

/* As a program writes it that nobody told to be cheap. */
static GByteArray *usual;

static GByteArray *
make_text (gsize length)
{
  GByteArray *text = g_byte_array_sized_new ((guint) length);

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) (i * 7 + i / 251);

      g_byte_array_append (text, &byte, 1);
    }
  return text;
}

static GByteArray *
seal (const guint8 *data,
      gsize         length)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (YejiSealedWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *sealed = g_byte_array_new ();

  writer = yeji_sealed_writer_new (stream, MAGIC, PASSPHRASE, NULL, &error);
  g_assert_no_error (error);
  for (gsize done = 0, part = 1; done < length; done += part, part = MIN (part * 3, length - done))
    g_assert_true (yeji_sealed_writer_write (writer, data + done, MIN (part, length - done),
                                             &error));
  g_assert_true (yeji_sealed_writer_finish (writer, &error));
  g_assert_true (g_output_stream_close (stream, NULL, &error));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  g_byte_array_append (sealed, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return sealed;
}

/* NULL with an error; nothing that was altered is ever given out. */
static GByteArray *
unseal_with (GByteArray        *sealed,
             const YejiSecret  *known,
             const char        *passphrase,
             GError           **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (YejiSealedReader) reader = NULL;
  g_autoptr (YejiSecret) key = NULL;
  g_autoptr (GByteArray) text = g_byte_array_new ();
  YejiSealedHead head;
  guint8 block[5000];
  gsize n_read;

  stream = g_memory_input_stream_new_from_data (sealed->data, (gssize) sealed->len, NULL);
  if (!yeji_sealed_head_read (&head, stream, MAGIC, NULL, error))
    return NULL;
  key = known != NULL ? yeji_secret_copy (known)
                      : yeji_sealed_head_unlock (&head, passphrase, error);
  if (key == NULL)
    return NULL;
  reader = yeji_sealed_reader_new (stream, &head, key, NULL, error);
  if (reader == NULL)
    return NULL;
  do
    {
      if (!yeji_sealed_reader_read (reader, block, sizeof block, &n_read, error))
        return NULL;
      g_byte_array_append (text, block, (guint) n_read);
    }
  while (n_read == sizeof block);
  g_assert_cmpuint (yeji_sealed_reader_get_position (reader), ==, sealed->len);
  return g_steal_pointer (&text);
}

static GByteArray *
unseal (GByteArray *sealed,
        GError    **error)
{
  return unseal_with (sealed, NULL, PASSPHRASE, error);
}

static YejiSecret *
find_key (GByteArray *sealed)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  YejiSealedHead head;

  stream = g_memory_input_stream_new_from_data (sealed->data, (gssize) sealed->len, NULL);
  g_assert_true (yeji_sealed_head_read (&head, stream, MAGIC, NULL, &error));
  return yeji_sealed_head_unlock (&head, PASSPHRASE, &error);
}

static void
assert_refused (GByteArray       *sealed,
                const YejiSecret *key,
                YejiSealedError   code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) text = unseal_with (sealed, key, PASSPHRASE, &error);

  g_assert_null (text);
  g_assert_error (error, YEJI_SEALED_ERROR, (int) code);
}

static void
test_goes_round (void)
{
  static const gsize lengths[] = { 0, 1, 100, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE,
                                   3 * PIECE + 17 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) text = make_text (lengths[i]);
      g_autoptr (GByteArray) sealed = seal (text->data, text->len);
      g_autoptr (GByteArray) again = NULL;
      g_autoptr (GError) error = NULL;

      again = unseal (sealed, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (again->data, again->len, text->data, text->len);
    }
}

static void
test_never_the_same_twice (void)
{
  g_autoptr (GByteArray) first = seal ((const guint8 *) "abc", 3);
  g_autoptr (GByteArray) second = seal ((const guint8 *) "abc", 3);

  g_assert_cmpuint (first->len, ==, second->len);
  g_assert_cmpint (memcmp (first->data + 32, second->data + 32, first->len - 32), !=, 0);
}

static void
test_wrong_passphrase (void)
{
  g_autoptr (GByteArray) sealed = seal ((const guint8 *) "abc", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) text = unseal_with (sealed, NULL, "桥 lantern 七 orbiT", &error);

  g_assert_null (text);
  g_assert_error (error, YEJI_SEALED_ERROR, YEJI_SEALED_ERROR_KEY);
}

/* What one input method composes another one does not. */
static void
test_composed (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (YejiSealedWriter) writer = NULL;
  g_autoptr (GByteArray) sealed = g_byte_array_new ();
  g_autoptr (GByteArray) text = NULL;
  g_autoptr (GError) error = NULL;

  writer = yeji_sealed_writer_new (stream, MAGIC, "cafe\xcc\x81", NULL, &error);
  g_assert_true (yeji_sealed_writer_finish (writer, &error));
  g_byte_array_append (sealed,
                       g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                       (guint) g_memory_output_stream_get_data_size (
                         G_MEMORY_OUTPUT_STREAM (stream)));
  text = unseal_with (sealed, NULL, "caf\xc3\xa9", &error);
  g_assert_no_error (error);
  g_assert_nonnull (text);
}

static void
test_cut_off (void)
{
  g_autoptr (GByteArray) text = make_text (2 * PIECE + 100);
  g_autoptr (GByteArray) sealed = seal (text->data, text->len);
  g_autoptr (YejiSecret) key = find_key (sealed);
  const gsize borders[] = { YEJI_SEALED_HEAD_SIZE, BODY, BODY + SEALED_PIECE,
                            BODY + 2 * SEALED_PIECE, sealed->len };

  for (guint i = 0; i < G_N_ELEMENTS (borders); i++)
    for (int shift = -1; shift <= 1; shift++)
      {
        gsize length = (gsize) ((gssize) borders[i] + shift);
        g_autoptr (GByteArray) part = g_byte_array_new ();

        if (length >= sealed->len)
          continue;
        g_byte_array_append (part, sealed->data, (guint) length);
        assert_refused (part, key, YEJI_SEALED_ERROR_DAMAGED);
      }
}

static void
test_altered (void)
{
  g_autoptr (GByteArray) text = make_text (PIECE + 1000);
  g_autoptr (GByteArray) sealed = seal (text->data, text->len);
  g_autoptr (YejiSecret) key = find_key (sealed);

  for (gsize at = SALT_END; at < sealed->len; at += at < BODY + 64 ? 1 : 997)
    {
      sealed->data[at] ^= 0x20;
      assert_refused (sealed, key, at < BODY ? YEJI_SEALED_ERROR_KEY : YEJI_SEALED_ERROR_DAMAGED);
      sealed->data[at] ^= 0x20;
    }
}

static void
test_more_behind_the_end (void)
{
  g_autoptr (GByteArray) sealed = seal ((const guint8 *) "abc", 3);
  g_autoptr (YejiSecret) key = find_key (sealed);

  g_byte_array_append (sealed, (const guint8 *) "x", 1);
  assert_refused (sealed, key, YEJI_SEALED_ERROR_DAMAGED);
}

static void
test_pieces_swapped (void)
{
  g_autoptr (GByteArray) text = make_text (3 * PIECE);
  g_autoptr (GByteArray) sealed = seal (text->data, text->len);
  g_autoptr (YejiSecret) key = find_key (sealed);
  g_autofree guint8 *first = g_memdup2 (sealed->data + BODY, SEALED_PIECE);

  memcpy (sealed->data + BODY, sealed->data + BODY + SEALED_PIECE, SEALED_PIECE);
  memcpy (sealed->data + BODY + SEALED_PIECE, first, SEALED_PIECE);
  assert_refused (sealed, key, YEJI_SEALED_ERROR_DAMAGED);
}

/* What a file asks for is bounded before anything is worked out. */
static void
test_heads (void)
{
  static const struct { guint at; guint8 bytes[8]; guint n; YejiSealedError code; } cases[] = {
    { 0, { 'P', 'K' }, 2, YEJI_SEALED_ERROR_FOREIGN },
    { 16, { 2 }, 1, YEJI_SEALED_ERROR_NEWER },
    { 16, { 0xff, 0xff, 0xff, 0xff }, 4, YEJI_SEALED_ERROR_NEWER },
    { 16, { 0 }, 1, YEJI_SEALED_ERROR_DAMAGED },
    { 20, { 0 }, 1, YEJI_SEALED_ERROR_COST },
    { 20, { 17 }, 1, YEJI_SEALED_ERROR_COST },
    { 20, { 0xff, 0xff, 0xff, 0xff }, 4, YEJI_SEALED_ERROR_COST },
    { 24, { 0, 0, 0, 0, 0, 0, 0, 0 }, 8, YEJI_SEALED_ERROR_COST },
    { 24, { 0, 0, 0, 0, 1 }, 5, YEJI_SEALED_ERROR_COST },
    { 24, { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, 8, YEJI_SEALED_ERROR_COST },
  };
  g_autoptr (GByteArray) sealed = seal ((const guint8 *) "abc", 3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) altered = g_byte_array_new ();

      g_byte_array_append (altered, sealed->data, sealed->len);
      memcpy (altered->data + cases[i].at, cases[i].bytes, cases[i].n);
      assert_refused (altered, NULL, cases[i].code);
    }
}

/* A guess is as dear as docs/hand-over.md says, and nobody makes it cheaper by the way. */
static void
test_usual_cost (void)
{
  static const guint8 head[] = {
    1, 0, 0, 0,                          /* the layout */
    3, 0, 0, 0,                          /* passes */
    0, 0, 0, 16, 0, 0, 0, 0,             /* 256 MiB */
  };
  g_autoptr (GByteArray) text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpmem (usual->data + YEJI_SEALED_MAGIC_SIZE, sizeof head, head, sizeof head);
  text = unseal (usual, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text->data, text->len, "abc", 3);
}

/* Packages outlive programs: algorithm, version, lengths and order stay what they are. */
static void
test_foreign (void)
{
  gsize length;
  g_autofree guint8 *bytes = g_base64_decode (foreign, &length);
  g_autoptr (GByteArray) sealed = g_byte_array_new ();
  g_autoptr (GByteArray) text = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (sealed, bytes, (guint) length);
  text = unseal_with (sealed, NULL, FOREIGN_PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text->data, text->len, FOREIGN_CONTENT, strlen (FOREIGN_CONTENT));
}

static void
test_strength (void)
{
  static const struct { const char *passphrase; YejiPassphraseStrength strength; } cases[] = {
    { "", YEJI_PASSPHRASE_NONE },
    { "a", YEJI_PASSPHRASE_WEAK },
    { "123456789012", YEJI_PASSPHRASE_WEAK },
    { "aaaaaaaaaaaaaaaaaaaa", YEJI_PASSPHRASE_WEAK },
    { "19800101", YEJI_PASSPHRASE_WEAK },
    { "Password2026!", YEJI_PASSPHRASE_WEAK },
    { "qwerty12345", YEJI_PASSPHRASE_WEAK },
    { "春眠", YEJI_PASSPHRASE_WEAK },
    { "k7mzQw2p", YEJI_PASSPHRASE_FAIR },
    { "lantern orbit mosaic kettle", YEJI_PASSPHRASE_GOOD },
    { "石榴书架北风渡船", YEJI_PASSPHRASE_GOOD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (yeji_passphrase_judge (cases[i].passphrase), ==, cases[i].strength);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  usual = seal ((const guint8 *) "abc", 3);
  yeji_sealed_set_cost (1, 8192);
  g_test_add_func ("/vault/sealed-stream/costs-what-the-format-says", test_usual_cost);
  g_test_add_func ("/vault/sealed-stream/opens-what-another-program-made", test_foreign);
  g_test_add_func ("/vault/sealed-stream/goes-round", test_goes_round);
  g_test_add_func ("/vault/sealed-stream/never-the-same-twice", test_never_the_same_twice);
  g_test_add_func ("/vault/sealed-stream/tells-a-wrong-passphrase", test_wrong_passphrase);
  g_test_add_func ("/vault/sealed-stream/takes-any-input-method", test_composed);
  g_test_add_func ("/vault/sealed-stream/tells-that-it-is-cut-off", test_cut_off);
  g_test_add_func ("/vault/sealed-stream/tells-every-altered-byte", test_altered);
  g_test_add_func ("/vault/sealed-stream/tells-what-stands-behind-the-end",
                   test_more_behind_the_end);
  g_test_add_func ("/vault/sealed-stream/tells-swapped-pieces", test_pieces_swapped);
  g_test_add_func ("/vault/sealed-stream/bounds-what-a-file-asks-for", test_heads);
  g_test_add_func ("/vault/passphrase/judges", test_strength);
  result = g_test_run ();
  g_byte_array_unref (usual);
  return result;
}
