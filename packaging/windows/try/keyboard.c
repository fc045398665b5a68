// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* An American keyboard for tests. wine has no layout libraries, and GTK reads the tables of one to
 * know its letters. The shapes are those of kbd.h of Microsoft's driver kit. */

#include <windows.h>

#define EXTENDED 0x100

typedef struct
{
  BYTE key;
  BYTE bit;
} KeyBit;

typedef struct
{
  const KeyBit *bits;
  WORD most;
  BYTE columns[4];
} Modifiers;

typedef struct
{
  BYTE code;
  USHORT key;
} CodeKey;

typedef struct
{
  BYTE key;
  BYTE caps;
  WCHAR letters[2];
} Letters;

typedef struct
{
  const Letters *letters;
  BYTE n;
  BYTE size;
} LetterTable;

typedef struct
{
  const Modifiers *modifiers;
  const LetterTable *tables;
  const void *dead_keys;
  const void *names;
  const void *extended_names;
  const void *dead_names;
  const USHORT *keys;
  BYTE n_keys;
  const CodeKey *e0;
  const CodeKey *e1;
  DWORD flags;
  BYTE n_ligatures;
  BYTE ligature_size;
  const void *ligatures;
} Layout;

static const KeyBit bits[] = { { VK_SHIFT, 1 }, { VK_CONTROL, 2 }, { VK_MENU, 4 }, { 0 } };
static const Modifiers modifiers = { bits, 1, { 0, 1 } };

#define LETTER(c) { c, 1, { c + 32, c } }
static const Letters letters[] = {
  LETTER ('A'), LETTER ('B'), LETTER ('C'), LETTER ('D'), LETTER ('E'), LETTER ('F'),
  LETTER ('G'), LETTER ('H'), LETTER ('I'), LETTER ('J'), LETTER ('K'), LETTER ('L'),
  LETTER ('M'), LETTER ('N'), LETTER ('O'), LETTER ('P'), LETTER ('Q'), LETTER ('R'),
  LETTER ('S'), LETTER ('T'), LETTER ('U'), LETTER ('V'), LETTER ('W'), LETTER ('X'),
  LETTER ('Y'), LETTER ('Z'),
  { '0', 0, { '0', ')' } }, { '1', 0, { '1', '!' } }, { '2', 0, { '2', '@' } },
  { '3', 0, { '3', '#' } }, { '4', 0, { '4', '$' } }, { '5', 0, { '5', '%' } },
  { '6', 0, { '6', '^' } }, { '7', 0, { '7', '&' } }, { '8', 0, { '8', '*' } },
  { '9', 0, { '9', '(' } },
  { VK_OEM_1, 0, { ';', ':' } }, { VK_OEM_2, 0, { '/', '?' } }, { VK_OEM_3, 0, { '`', '~' } },
  { VK_OEM_4, 0, { '[', '{' } }, { VK_OEM_5, 0, { '\\', '|' } }, { VK_OEM_6, 0, { ']', '}' } },
  { VK_OEM_7, 0, { '\'', '"' } }, { VK_OEM_COMMA, 0, { ',', '<' } },
  { VK_OEM_MINUS, 0, { '-', '_' } }, { VK_OEM_PERIOD, 0, { '.', '>' } },
  { VK_OEM_PLUS, 0, { '=', '+' } }, { VK_SPACE, 0, { ' ', ' ' } }, { VK_TAB, 0, { '\t', '\t' } },
  { 0 },
};
static const LetterTable tables[] = { { letters, 2, sizeof (Letters) }, { 0 } };

/* by the codes that a keyboard sends, from 0 */
static const USHORT keys[] = {
  0xff, VK_ESCAPE, '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', VK_OEM_MINUS, VK_OEM_PLUS,
  VK_BACK, VK_TAB, 'Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P', VK_OEM_4, VK_OEM_6, VK_RETURN,
  VK_LCONTROL, 'A', 'S', 'D', 'F', 'G', 'H', 'J', 'K', 'L', VK_OEM_1, VK_OEM_7, VK_OEM_3, VK_LSHIFT,
  VK_OEM_5, 'Z', 'X', 'C', 'V', 'B', 'N', 'M', VK_OEM_COMMA, VK_OEM_PERIOD, VK_OEM_2,
  VK_RSHIFT | EXTENDED, VK_MULTIPLY, VK_LMENU, VK_SPACE, VK_CAPITAL, VK_F1, VK_F2, VK_F3, VK_F4,
  VK_F5, VK_F6, VK_F7, VK_F8, VK_F9, VK_F10, VK_NUMLOCK, VK_SCROLL, VK_HOME, VK_UP, VK_PRIOR,
  VK_SUBTRACT, VK_LEFT, VK_CLEAR, VK_RIGHT, VK_ADD, VK_END, VK_DOWN, VK_NEXT, VK_INSERT, VK_DELETE,
  VK_SNAPSHOT, 0xff, 0xe2, VK_F11, VK_F12,
};
static const CodeKey e0[] = {
  { 0x1c, VK_RETURN | EXTENDED }, { 0x1d, VK_RCONTROL | EXTENDED }, { 0x38, VK_RMENU | EXTENDED },
  { 0x47, VK_HOME | EXTENDED }, { 0x48, VK_UP | EXTENDED }, { 0x49, VK_PRIOR | EXTENDED },
  { 0x4b, VK_LEFT | EXTENDED }, { 0x4d, VK_RIGHT | EXTENDED }, { 0x4f, VK_END | EXTENDED },
  { 0x50, VK_DOWN | EXTENDED }, { 0x51, VK_NEXT | EXTENDED }, { 0x52, VK_INSERT | EXTENDED },
  { 0x53, VK_DELETE | EXTENDED }, { 0 },
};
static const CodeKey e1[] = { { 0x1d, VK_PAUSE }, { 0 } };

static const Layout layout = {
  .modifiers = &modifiers,
  .tables = tables,
  .keys = keys,
  .n_keys = sizeof keys / sizeof *keys,
  .e0 = e0,
  .e1 = e1,
  .flags = MAKELONG (0, 1),
};

__declspec (dllexport) const void *KbdLayerDescriptor (void);

const void *
KbdLayerDescriptor (void)
{
  return &layout;
}
