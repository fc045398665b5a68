// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-commands.h"

#include "yeji-cli-correct.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MANY YEJI_CLI_MANY
#define ALONE YEJI_OPTION_ALONE
#define REPEATED YEJI_OPTION_REPEATED

/* Understood before and behind every command. */
const YejiCliOption yeji_cli_common_options[] = {
  { "--profile", YEJI_ARG_DIR, NULL, N_("The profile's folder") },
  { "--json", YEJI_ARG_NONE, NULL, N_("Answer in JSON") },
  { "--progress", YEJI_ARG_NONE, NULL,
    N_("Tell on standard error how far it is, as lines of JSON") },
  { "--help", YEJI_ARG_NONE, NULL, N_("Show the usage") },
  { "--version", YEJI_ARG_NONE, NULL, N_("Show the version") },
  { NULL },
};

static const YejiCliOption new_options[] = {
  { "--role", YEJI_ARG_ROLE, NULL, N_("What the enterprise did there"), 0, 'a' },
  { "--copy", YEJI_ARG_UUID, NULL, N_("Begin with the values of another record"), 0, 'a' },
  { NULL },
};

static const YejiCliOption show_options[] = {
  { "--at", YEJI_ARG_TEXT, "TIME", N_("As it was then: 11:20, 2026-03-30, 2026-03-30 11:20") },
  { NULL },
};

static const YejiCliOption bin_options[] = {
  { "--restore", YEJI_ARG_BINNED, "UUID", N_("Take a record back"), 0, 'a' },
  { "--delete", YEJI_ARG_BINNED, "UUID", N_("Delete a record for good"), 0, 'a' },
  { "--empty", YEJI_ARG_NONE, NULL, N_("Delete all that is in it"), 0, 'a' },
  { NULL },
};

static const YejiCliOption undo_options[] = {
  { "--to", YEJI_ARG_TEXT, "TIME", N_("Make the record again what it was then") },
  { NULL },
};

static const YejiCliOption suggest_options[] = {
  { "--take", YEJI_ARG_NONE, NULL, N_("Take what there is one way for") },
  { "--reason", YEJI_ARG_WORD, NULL, N_("With --take: only what is offered for this reason"), 0, 0,
    "elsewhere project ten_thousandth" },
  { NULL },
};

static const YejiCliOption shrink_options[] = {
  { "--to", YEJI_ARG_WORD, "SIZE", N_("At most so many bytes, 500K for instance; without it what the "
                                      "province takes") },
  { NULL },
};

static const YejiCliOption enterprise_options[] = {
  { "--name", YEJI_ARG_TEXT, "NAME", N_("What the enterprise is called") },
  { "--code", YEJI_ARG_TEXT, "CODE", N_("Its credit code, an empty one takes it away") },
  { "--due", YEJI_ARG_TEXT, "DAY", N_("When its records must have been submitted, an empty one takes "
                                      "it away") },
  { NULL },
};

static const YejiCliOption conflicts_options[] = {
  { "--mine", YEJI_ARG_NONE, NULL, N_("Keep what is here"), 0, 'a' },
  { "--theirs", YEJI_ARG_NONE, NULL, N_("Take what the province has"), 0, 'a' },
  { NULL },
};

static const YejiCliOption check_options[] = {
  { "--online", YEJI_ARG_NONE, NULL,
    N_("Ask the province about numbers that other systems probably have") },
  { NULL },
};

static const YejiCliOption import_options[] = {
  { "--dry-run", YEJI_ARG_NONE, NULL, N_("Tell what would be done, and do nothing") },
  { "--bad", YEJI_ARG_FILE, NULL, N_("Write the rows with cells that cannot be taken to this "
                                     "workbook, with the reasons"), 0, 0, "xlsx" },
  { "--skip-bad", YEJI_ARG_NONE, NULL, N_("Leave out the records with such cells, instead of all") },
  { "--clear", YEJI_ARG_NONE, NULL, N_("Empty cells empty the values that are there") },
  { "--role", YEJI_ARG_ROLE, NULL, N_("Of new records, where the file does not say it") },
  { "--table", YEJI_ARG_TABLE, NULL, N_("Which table a sheet is that names none") },
  { "--column", YEJI_ARG_TEXT, "HEADING=FIELD", N_("Which Table.Field a column is; kept for files "
                                                   "with the same headings"),
    REPEATED },
  { "--mend", YEJI_ARG_TEXT, "CELL=TEXT", N_("What a cell should say, Sheet!C4 for instance"),
    REPEATED },
  { "--which", YEJI_ARG_TEXT, "NAME=UUID", N_("Which record an unclear one is; NAME=new: none of "
                                              "them"), REPEATED },
  { "--undo", YEJI_ARG_NONE, NULL, N_("Take the last import back"), YEJI_OPTION_ALONE },
  { NULL },
};

static const YejiCliOption export_options[] = {
  { "--xlsx", YEJI_ARG_FILE, NULL, N_("A workbook with a sheet a table"), 0, 'a', "xlsx" },
  { "--csv", YEJI_ARG_FILE, NULL, N_("One table as CSV; a .zip has one a table"), 0, 'a',
    "csv zip" },
  { "--all", YEJI_ARG_NONE, NULL, N_("All records of the profile") },
  { "--table", YEJI_ARG_TABLE, NULL, N_("Only this table") },
  { "--language", YEJI_ARG_WORD, "zh|en", N_("Of the headings"), 0, 0, "zh en" },
  { NULL },
};

static const YejiCliOption template_options[] = {
  { "--role", YEJI_ARG_ROLE, NULL, N_("What the enterprise did in the projects") },
  { "--language", YEJI_ARG_WORD, "zh|en", N_("Of the headings"), 0, 0, "zh en" },
  { NULL },
};

static const YejiCliOption print_options[] = {
  { "--full", YEJI_ARG_NONE, NULL, N_("Personal numbers in full; without it they are masked") },
  { NULL },
};

static const YejiCliOption match_options[] = {
  { "--record", YEJI_ARG_UUID, NULL, N_("All files belong to this record"), 0, 0 },
  { "--sure", YEJI_ARG_NONE, NULL, N_("Attach what is certain; the rest goes to the tray") },
  { "--dry-run", YEJI_ARG_NONE, NULL, N_("Tell what would be done, and do nothing") },
  { "--undo", YEJI_ARG_NONE, NULL, N_("Take the last go back"), ALONE },
  { NULL },
};

static const YejiCliOption evidence_options[] = {
  { "--missing", YEJI_ARG_NONE, NULL, N_("Only the records that lack something") },
  { "--csv", YEJI_ARG_FILE, NULL, N_("Write the table to a file, - is standard output"), 0, 0,
    "csv" },
  { NULL },
};

static const YejiCliOption backup_options[] = {
  { "--list", YEJI_ARG_NONE, NULL, N_("List the copies that there are"), ALONE },
  { NULL },
};

static const YejiCliOption restore_options[] = {
  { "--to", YEJI_ARG_DIR, NULL, N_("Unpack the profile into this new folder") },
  { NULL },
};

static const YejiCliOption pack_options[] = {
  { "--all", YEJI_ARG_NONE, NULL, N_("All records of the profile") },
  { NULL },
};

static const YejiCliOption unpack_options[] = {
  { "--dry-run", YEJI_ARG_NONE, NULL, N_("Tell what would be done, and do nothing") },
  { "--force", YEJI_ARG_NONE, NULL, N_("Also a package of another enterprise") },
  { "--undo", YEJI_ARG_NONE, NULL, N_("Take the last package back"), ALONE },
  { NULL },
};

static const YejiCliOption key_options[] = {
  { "--status", YEJI_ARG_NONE, NULL, N_("Tell what opens the profile"), 0, 'a' },
  { "--passphrase", YEJI_ARG_NONE, NULL, N_("Set a passphrase"), 0, 'a' },
  { "--no-passphrase", YEJI_ARG_NONE, NULL, N_("Take the passphrase away"), 0, 'a' },
  { "--recovery-code", YEJI_ARG_NONE, NULL, N_("Make a new recovery code and print it"), 0, 'a' },
  { "--recover", YEJI_ARG_NONE, NULL, N_("Open the profile with the recovery code"), 0, 'a' },
  { "--rotate", YEJI_ARG_NONE, NULL, N_("Seal everything with a new key"), 0, 'a' },
  { "--forget", YEJI_ARG_NONE, NULL, N_("Go on without the personal numbers"), 0, 'a' },
  { "--yes", YEJI_ARG_NONE, NULL, N_("With --forget: do not ask") },
  { NULL },
};

static const YejiCliOption pin_options[] = {
  { "--set", YEJI_ARG_WORD, "KEY", N_("Trust this key alone: a SHA-256, or “now” for today's"), 0,
    'a', "now" },
  { "--clear", YEJI_ARG_NONE, NULL, N_("Trust every key that the authorities trust"), 0, 'a' },
  { "--authority", YEJI_ARG_FILE, NULL, N_("Trust this authority alone"), 0, 'a', "pem crt cer" },
  { "--no-authority", YEJI_ARG_NONE, NULL, N_("Trust the authorities of the system"), 0, 'a' },
  { NULL },
};

static const YejiCliOption submit_options[] = {
  { "--files-follow", YEJI_ARG_NONE, NULL, N_("Submit before the files are sent") },
  { NULL },
};

static const YejiCliOption correct_options[] = {
  { "--reason", YEJI_ARG_TEXT, NULL, N_("Why it is wrong") },
  { "--set", YEJI_ARG_TEXT, "POINTER=VALUE", N_("What a value should be"), REPEATED },
  { "--add-row", YEJI_ARG_POINTER, NULL, N_("Add a row to a table, /participants for instance"),
    REPEATED },
  { "--remove-row", YEJI_ARG_POINTER, NULL, N_("Remove a row"), REPEATED },
  { "--unset", YEJI_ARG_POINTER, NULL, N_("Leave a value or a row as it is after all"), REPEATED },
  { "--evidence", YEJI_ARG_FILE, NULL, N_("A document that proves it"), REPEATED },
  { "--withdrawal", YEJI_ARG_NONE, NULL, N_("Take the record off the public page instead") },
  { "--draft", YEJI_ARG_NONE, NULL, N_("Keep it, and send it later"), 0, 'a' },
  { "--list", YEJI_ARG_NONE, NULL, N_("List the applications of the record"), 0, 'a' },
  { "--discard", YEJI_ARG_NONE, NULL, N_("Throw the draft away"), 0, 'a' },
  { "--cancel", YEJI_ARG_NONE, NULL, N_("Take back what was sent"), 0, 'a' },
  { NULL },
};

static const YejiCliOption qualify_options[] = {
  { "--name", YEJI_ARG_TEXT, "NAME", N_("What the list is called") },
  { "--again", YEJI_ARG_NONE, NULL, N_("Also records that another list has") },
  { "--draft", YEJI_ARG_NONE, NULL, N_("Keep it, and send it later") },
  { "--csv", YEJI_ARG_FILE, NULL, N_("Write the list to a file"), 0, 0, "csv" },
  { "--pdf", YEJI_ARG_FILE, NULL, N_("Print the list to a file"), 0, 0, "pdf" },
  { "--candidates", YEJI_ARG_NONE, NULL, N_("List the records that may be in such a list"), 0,
    'a' },
  { "--list", YEJI_ARG_NONE, NULL, N_("List the lists"), ALONE, 'a' },
  { "--show", YEJI_ARG_LIST, NULL, N_("Show a list"), ALONE, 'a' },
  { "--send", YEJI_ARG_LIST, NULL, N_("Send a list"), ALONE, 'a' },
  { "--withdraw", YEJI_ARG_LIST, NULL, N_("Take back a list that was sent"), ALONE, 'a' },
  { "--remove", YEJI_ARG_LIST, NULL, N_("Remove a draft"), ALONE, 'a' },
  { NULL },
};

static const YejiCliOption receipt_options[] = {
  { "--verify", YEJI_ARG_NONE, NULL, N_("Prove that the province signed it") },
  { "--out", YEJI_ARG_FILE, NULL, N_("Keep it in a file"), 0, 0, "json" },
  { "--pdf", YEJI_ARG_FILE, NULL, N_("Print it to a file"), 0, 0, "pdf" },
  { "--key", YEJI_ARG_WORD, "KEY", N_("The public key of the province, base64") },
  { "--forget-key", YEJI_ARG_NONE, NULL,
    N_("Forget the province's key, and take what it shows next"), ALONE },
  { NULL },
};

static const YejiCliOption completion_options[] = {
  { "--offer", YEJI_ARG_NONE, NULL,
    N_("Print what the last of the words behind -- could be, which the shells ask") },
  { NULL },
};

static const YejiCliOption dictionary_options[] = {
  { "--json-schema", YEJI_ARG_NONE, NULL, N_("As a JSON Schema 2020-12"), 0, 'a' },
  { "--markdown", YEJI_ARG_NONE, NULL, N_("As a page to be read"), 0, 'a' },
  { "--reports", YEJI_ARG_NONE, NULL,
    N_("What became of the records when other versions were adopted"), 0, 'a' },
  { "--forget-key", YEJI_ARG_NONE, NULL,
    N_("Forget who signs the dictionary, and take what the province shows next"), 0, 'a' },
  { NULL },
};

static const YejiCliCommand commands[] = {
  { "new", NULL, N_("Begin a record"), 0, 0, yeji_cli_new, new_options },
  { "list", NULL,
    N_("List the records: state, grade, errors, completeness, expected grade, documents, name"),
    0, 0, yeji_cli_list },
  { "search", "TEXT...", N_("Find records by any part of any of their texts"), 1, MANY,
    yeji_cli_search, NULL, { { YEJI_ARG_TEXT } } },
  { "show", "UUID", N_("Show a record, as it was at 11:20 for instance"), 1, 1, yeji_cli_show,
    show_options, { { YEJI_ARG_UUID } } },
  { "set", "UUID POINTER VALUE", N_("Change one value, /contracts/-/ adds a row"), 3, 3,
    yeji_cli_set, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER }, { YEJI_ARG_TEXT } } },
  { "suggest", "UUID [POINTER]",
    N_("Tell what could be filled in or written right in a record, or take it"), 1, 2,
    yeji_cli_suggest, suggest_options, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER } } },
  { "row remove", "UUID POINTER", N_("Remove a row, /contracts/0 for instance"), 2, 2,
    yeji_cli_row, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER } } },
  { "row copy", "UUID POINTER", N_("Put a row with the same values behind one"), 2, 2,
    yeji_cli_row, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER } } },
  { "row move", "UUID POINTER POSITION", N_("Move a row within its table, 1 is the first place"), 3,
    3, yeji_cli_row, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER }, { YEJI_ARG_WORD } } },
  { "keep", "UUID POINTER RULE REASON",
    N_("Keep a warning with a reason, an empty reason takes it back"), 4, 4, yeji_cli_keep, NULL,
    { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER }, { YEJI_ARG_WORD }, { YEJI_ARG_TEXT } } },
  { "reply", "UUID POINTER TEXT", N_("Explain something to the reviewer, an empty text takes it back"),
    3, 3, yeji_cli_reply, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER }, { YEJI_ARG_TEXT } } },
  { "remove", "UUID...", N_("Move records to the bin"), 1, MANY, yeji_cli_remove, NULL,
    { { YEJI_ARG_UUID } } },
  { "bin", NULL, N_("List the bin, take a record back, or delete what is in it"), 0, 0, yeji_cli_bin,
    bin_options },
  { "history", "UUID [POINTER]", N_("Show what was changed when and by whom"), 1, 2,
    yeji_cli_history, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER } } },
  { "compare", "UUID [UUID]",
    N_("Show how a record differs from what was submitted, or from another one"), 1, 2,
    yeji_cli_compare, NULL, { { YEJI_ARG_UUID } } },
  { "conflicts", "UUID [POINTER]", N_("Show or decide what both the province and you changed"), 1,
    2, yeji_cli_conflicts, conflicts_options, { { YEJI_ARG_UUID }, { YEJI_ARG_POINTER } } },
  { "undo", "UUID", N_("Take back the last change of a record"), 1, 1, yeji_cli_undo, undo_options,
    { { YEJI_ARG_UUID } } },
  { "redo", "UUID", N_("Do again what was undone"), 1, 1, yeji_cli_redo, NULL,
    { { YEJI_ARG_UUID } } },
  { "check", "UUID...|FILE...|-", N_("Check records against the dictionary"), 1, MANY,
    yeji_cli_check, check_options, { { YEJI_ARG_UUID | YEJI_ARG_FILE, "json jsonl ndjson" } } },
  { "grade", "UUID...|FILE...", N_("Tell what would become of records: national platform or D"), 1,
    MANY, yeji_cli_grade, NULL, { { YEJI_ARG_UUID | YEJI_ARG_FILE, "json jsonl ndjson" } } },
  { "import", "FILE", N_("Take over the records of a workbook, CSV or record file, all or none"), 1,
    1, yeji_cli_import, import_options,
    { { YEJI_ARG_FILE, "xlsx csv tsv zip json jsonl ndjson" } } },
  { "export", "[--json FILE] [UUID...]",
    N_("Write records to a workbook, CSV or a record file"), 0, MANY, yeji_cli_export,
    export_options, { { YEJI_ARG_UUID | YEJI_ARG_FILE, "json" } } },
  { "template", "FILE.xlsx", N_("Make a workbook to be filled in and imported"), 1, 1,
    yeji_cli_template, template_options, { { YEJI_ARG_FILE, "xlsx" } } },
  { "print", "UUID... FILE.pdf",
    N_("Print records as declaration forms into one PDF"), 2, MANY, yeji_cli_print_forms,
    print_options, { { YEJI_ARG_UUID | YEJI_ARG_FILE, "pdf" } } },
  { "attach", "UUID SLOT FILE...", N_("Attach documents"), 3, MANY, yeji_cli_attach, NULL,
    { { YEJI_ARG_UUID }, { YEJI_ARG_SLOT }, { YEJI_ARG_FILE, "pdf jpg jpeg png tif tiff" } } },
  { "documents list", "UUID", N_("List the documents of a record"), 1, 1, yeji_cli_documents, NULL,
    { { YEJI_ARG_UUID } } },
  { "documents remove", "UUID ID...", N_("Move documents of a record to the bin"), 2, MANY,
    yeji_cli_documents, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_WORD } } },
  { "documents restore", "UUID ID", N_("Take a removed document back"), 2, 2, yeji_cli_arrange, NULL,
    { { YEJI_ARG_UUID }, { YEJI_ARG_WORD } } },
  { "documents move", "UUID ID SLOT [POSITION]",
    N_("Put a document into another slot, or elsewhere in its own; 1 is the first place"), 3, 4,
    yeji_cli_arrange, NULL,
    { { YEJI_ARG_UUID }, { YEJI_ARG_WORD }, { YEJI_ARG_SLOT }, { YEJI_ARG_WORD } } },
  { "documents turn", "UUID ID DEGREES", N_("Say which way up a document is: 0, 90, 180, 270"), 3, 3,
    yeji_cli_arrange, NULL,
    { { YEJI_ARG_UUID }, { YEJI_ARG_WORD }, { YEJI_ARG_WORD, "0 90 180 270" } } },
  { "documents shrink", "UUID ID", N_("Make a scan smaller; its original is kept"), 2, 2,
    yeji_cli_arrange, shrink_options, { { YEJI_ARG_UUID }, { YEJI_ARG_WORD } } },
  { "documents original", "UUID ID", N_("Put the original of a scan back that was made smaller"), 2,
    2, yeji_cli_arrange, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_WORD } } },
  { "documents combine", "UUID ID...", N_("Make one PDF of pictures, in the order that is given"), 2,
    MANY, yeji_cli_arrange, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_WORD } } },
  { "documents save", "UUID ID FILE", N_("Write a document to a file"), 3, 3, yeji_cli_arrange, NULL,
    { { YEJI_ARG_UUID }, { YEJI_ARG_WORD }, { YEJI_ARG_FILE } } },
  { "match", "DIR|ZIP|FILE...",
    N_("Attach documents to the records and slots that their names tell, or take the last go back"),
    1, MANY, yeji_cli_match, match_options, { { YEJI_ARG_FILE | YEJI_ARG_DIR } } },
  { "tray list", NULL, N_("List the files that wait for a record and a slot"), 0, 0,
    yeji_cli_tray },
  { "tray place", "UUID SLOT FILE...", N_("Attach files of the tray"), 3, MANY, yeji_cli_tray,
    NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_SLOT }, { YEJI_ARG_WAITING } } },
  { "tray remove", "FILE...", N_("Take files out of the tray"), 1, MANY, yeji_cli_tray, NULL,
    { { YEJI_ARG_WAITING } } },
  { "tray restore", "ID...", N_("Put removed files into the tray again"), 1, MANY, yeji_cli_tray,
    NULL, { { YEJI_ARG_WORD } } },
  { "evidence", NULL,
    N_("Show which documents the records have, lack (!) or have to be looked at (?)"), 0, 0,
    yeji_cli_evidence, evidence_options },
  { "backup", "[FILE]", N_("Keep a copy of the records, or the whole profile in one file"),
    0, 1, yeji_cli_backup, backup_options, { { YEJI_ARG_FILE, "yeji-backup" } } },
  { "restore", "NAME|FILE", N_("Go back to a backup, or unpack a profile"), 1, 1,
    yeji_cli_restore, restore_options, { { YEJI_ARG_BACKUP | YEJI_ARG_FILE, "yeji-backup" } } },
  { "pack", "FILE [UUID...]",
    N_("Hand records over to another computer in one encrypted file; its passphrase is read from "
       "the terminal or standard input"), 1, MANY, yeji_cli_pack, pack_options,
    { { YEJI_ARG_FILE, "yeji-package" }, { YEJI_ARG_UUID } } },
  { "unpack", "FILE",
    N_("Take over the records of such a file, all or none, or take that back"), 1, 1,
    yeji_cli_unpack, unpack_options, { { YEJI_ARG_FILE, "yeji-package" } } },
  { "key", NULL, N_("Tell or change what opens the personal numbers of the profile"), 0, 0,
    yeji_cli_key, key_options },
  { "login", "URL USER", N_("Sign in; the password is read from the terminal or standard input"),
    2, 2, yeji_cli_login, NULL, { { YEJI_ARG_WORD } } },
  { "logout", NULL, N_("Sign out; what waits stays on this computer"), 0, 0, yeji_cli_logout },
  { "pin", NULL,
    N_("Tell or change by what the province is known: the SHA-256 of its key, its authority"), 0, 0,
    yeji_cli_pin, pin_options },
  { "sync", NULL, N_("Send what waits and fetch what the province decided"), 0, 0, yeji_cli_sync },
  { "submit", "UUID...", N_("Submit records"), 1, MANY, yeji_cli_submit, submit_options,
    { { YEJI_ARG_UUID } } },
  { "withdraw", "UUID REASON", N_("Take a submission back that nobody has decided on yet"), 2, 2,
    yeji_cli_withdraw, NULL, { { YEJI_ARG_UUID }, { YEJI_ARG_TEXT } } },
  { "correct", "UUID",
    N_("Ask the province to correct an approved record, or with --withdrawal to take it off the "
       "public page"), 1, 1, yeji_cli_correct, correct_options, { { YEJI_ARG_UUID } } },
  { "qualify", "KIND [UUID...]",
    N_("List approved records for a qualification, with what they add up to, and send the list"), 1,
    MANY, yeji_cli_qualify, qualify_options, { { YEJI_ARG_CLAIM }, { YEJI_ARG_UUID } } },
  { "fetch", "UUID", N_("Fetch the documents that another computer of the enterprise attached"), 1,
    1, yeji_cli_fetch, NULL, { { YEJI_ARG_UUID } } },
  { "transfers", NULL, N_("List the files that are to be sent"), 0, 0, yeji_cli_transfers },
  { "transfers pause", NULL, N_("Send no files until told otherwise"), 0, 0, yeji_cli_transfers },
  { "transfers resume", NULL, N_("Send files again"), 0, 0, yeji_cli_transfers },
  { "transfers limit", "RATE", N_("Send at most so many bytes a second, 200K for instance"), 1, 1,
    yeji_cli_transfers, NULL, { { YEJI_ARG_WORD } } },
  { "transfers cancel", "ID", N_("Do not send a file"), 1, 1, yeji_cli_transfers, NULL,
    { { YEJI_ARG_TRANSFER } } },
  { "transfers retry", "ID", N_("Send a file again that failed"), 1, 1, yeji_cli_transfers, NULL,
    { { YEJI_ARG_TRANSFER } } },
  { "transfers first", "ID", N_("Send a file before the others"), 1, 1, yeji_cli_transfers, NULL,
    { { YEJI_ARG_TRANSFER } } },
  { "transfers move", "ID POSITION", N_("Send a file at another place, 1 is the next"), 2, 2,
    yeji_cli_transfers, NULL, { { YEJI_ARG_TRANSFER }, { YEJI_ARG_WORD } } },
  { "transfers workers", "N", N_("Send so many files at once, 2 to 4"), 1, 1, yeji_cli_transfers,
    NULL, { { YEJI_ARG_WORD, "2 3 4" } } },
  { "transfers network", "NAME|any|this", N_("Send files over one network alone"), 1, 1,
    yeji_cli_transfers, NULL, { { YEJI_ARG_WORD, "any this" } } },
  { "transfers metered", "yes|no", N_("Send files also over lines that are paid by volume"), 1, 1,
    yeji_cli_transfers, NULL, { { YEJI_ARG_WORD, "yes no" } } },
  { "receipt", "UUID|FILE|CODE",
    N_("Tell when a record and its files arrived, keep, print or prove what the province signed"),
    1, 1, yeji_cli_receipt, receipt_options, { { YEJI_ARG_UUID | YEJI_ARG_FILE, "json pdf" } } },
  { "completion", "SHELL|WORD...", N_("Print what completes commands in bash, zsh or fish"), 1,
    MANY, yeji_cli_completion, completion_options, { { YEJI_ARG_TEXT, "bash zsh fish" } } },
  { "dictionary", NULL, N_("Print the dictionary"), 0, 0, yeji_cli_dictionary,
    dictionary_options },
  { "normalise", "KIND TEXT", N_("Offer ways to write a value right"), 2, 2,
    yeji_cli_normalise, NULL, { { YEJI_ARG_KIND }, { YEJI_ARG_TEXT } } },
  { "profiles", NULL, N_("List the enterprises of this computer, what is due first"), 0, 0,
    yeji_cli_profiles },
  { "profiles new", "NAME", N_("Make an empty profile for an enterprise"), 1, 1,
    yeji_cli_profiles_change, NULL, { { YEJI_ARG_TEXT } } },
  { "profiles set", NULL, N_("Say what the enterprise of the profile is called, and what is due"), 0,
    0, yeji_cli_profiles_change, enterprise_options },
  { "profiles forget", "DIR", N_("Take a folder that lies elsewhere off the list; it stays"), 1, 1,
    yeji_cli_profiles_change, NULL, { { YEJI_ARG_DIR } } },
  { "verify", NULL, N_("Check that nothing of the profile is damaged or missing"), 0, 0,
    yeji_cli_verify },
  { "notices", NULL, N_("List what happened to the profile"), 0, 0, yeji_cli_notices },
  { "notices seen", "[ID...]", N_("Mark notices as read, all without an ID"), 0, MANY,
    yeji_cli_notices, NULL, { { YEJI_ARG_WORD } } },
  { "status", NULL, N_("Tell what waits to be sent"), 0, 0, yeji_cli_status },
};

static const struct
{
  YejiArgKind kind;
  const char *shown;
} shown[] = {
  { YEJI_ARG_TEXT, "TEXT" },       { YEJI_ARG_WORD, "WORD" },      { YEJI_ARG_FILE, "FILE" },
  { YEJI_ARG_DIR, "DIR" },         { YEJI_ARG_UUID, "UUID" },      { YEJI_ARG_BINNED, "UUID" },
  { YEJI_ARG_SLOT, "SLOT" },       { YEJI_ARG_ROLE, "ROLE" },      { YEJI_ARG_CLAIM, "KIND" },
  { YEJI_ARG_KIND, "KIND" },       { YEJI_ARG_TABLE, "TABLE" },    { YEJI_ARG_POINTER, "POINTER" },
  { YEJI_ARG_BACKUP, "NAME" },     { YEJI_ARG_WAITING, "FILE" },   { YEJI_ARG_TRANSFER, "ID" },
  { YEJI_ARG_LIST, "ID" },
};

/**
 * yeji_cli_get_commands:
 * @n: (out): how many there are
 *
 * Returns: (transfer none): all commands
 */
const YejiCliCommand *
yeji_cli_get_commands (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

/**
 * yeji_cli_find_command:
 * @words: a command line without options
 * @n_words: (out): how many words its name has
 *
 * Returns: (nullable) (transfer none): the command of the longest name that @words begin with
 */
const YejiCliCommand *
yeji_cli_find_command (char  **words,
                       guint  *n_words)
{
  const YejiCliCommand *found = NULL;
  g_autofree char *both = NULL;

  if (words[0] == NULL)
    return NULL;
  if (words[1] != NULL)
    both = g_strconcat (words[0], " ", words[1], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (both != NULL && g_str_equal (commands[i].name, both))
      {
        *n_words = 2;
        return &commands[i];
      }
    else if (g_str_equal (commands[i].name, words[0]))
      found = &commands[i];
  *n_words = 1;
  return found;
}

/**
 * yeji_cli_find_option:
 * @command: (nullable): none: those that every command has
 * @name: with its dashes, @length bytes of it
 *
 * Returns: (nullable) (transfer none): the option of that very name
 */
const YejiCliOption *
yeji_cli_find_option (const YejiCliCommand *command,
                      const char           *name,
                      gsize                 length)
{
  const YejiCliOption * const tables[] = {
    command != NULL ? command->options : NULL, yeji_cli_common_options,
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const YejiCliOption *o = tables[i]; o != NULL && o->name != NULL; o++)
      if (strlen (o->name) == length && strncmp (o->name, name, length) == 0)
        return o;
  return NULL;
}

/**
 * yeji_cli_get_argument:
 * @n: how many arguments stand before it
 *
 * Returns: (nullable) (transfer none): what the next argument may be, %NULL if there can be none
 */
const YejiCliArgument *
yeji_cli_get_argument (const YejiCliCommand *command,
                       guint                 n)
{
  guint i = 0;

  if (n >= command->max_args)
    return NULL;
  while (i < n && i + 1 < YEJI_CLI_N_ARGUMENTS && command->arguments[i + 1].kind != YEJI_ARG_NONE)
    i++;
  return &command->arguments[i];
}

/**
 * yeji_cli_get_shown:
 *
 * Returns: (nullable) (transfer none): how the option's value is called, %NULL if it has none
 */
const char *
yeji_cli_get_shown (const YejiCliOption *option)
{
  if (option->shown != NULL || option->kind == YEJI_ARG_NONE)
    return option->shown;
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if ((option->kind & shown[i].kind) != 0)
      return shown[i].shown;
  g_return_val_if_reached (NULL);
}

static void
append_option (GString             *usage,
               const YejiCliOption *option)
{
  const char *value = yeji_cli_get_shown (option);

  g_string_append (usage, option->name);
  if (value != NULL)
    g_string_append_printf (usage, " %s", value);
}

/* The options that exclude each other stand in one pair of brackets. */
static void
append_group (GString             *usage,
              const YejiCliOption *first)
{
  g_string_append (usage, " [");
  append_option (usage, first);
  for (const YejiCliOption *option = first + 1; first->group != 0 && option->name != NULL; option++)
    if (option->group == first->group && (option->flags & ALONE) == 0)
      {
        g_string_append (usage, "|");
        append_option (usage, option);
      }
  g_string_append (usage, (first->flags & REPEATED) != 0 ? "]..." : "]");
}

static gboolean
is_group_begun (const YejiCliOption *all,
                const YejiCliOption *option)
{
  for (; option->group != 0 && all < option; all++)
    if (all->group == option->group && (all->flags & ALONE) == 0)
      return TRUE;
  return FALSE;
}

/**
 * yeji_cli_dup_usage:
 *
 * Returns: (transfer full): how the command is written, "bin [--restore UUID|--empty]"
 */
char *
yeji_cli_dup_usage (const YejiCliCommand *command)
{
  GString *usage = g_string_new (command->name);

  if (command->args != NULL)
    g_string_append_printf (usage, " %s", command->args);
  for (const YejiCliOption *option = command->options; option != NULL && option->name != NULL;
       option++)
    if ((option->flags & ALONE) == 0 && !is_group_begun (command->options, option))
      append_group (usage, option);
  for (const YejiCliOption *option = command->options; option != NULL && option->name != NULL;
       option++)
    if ((option->flags & ALONE) != 0)
      {
        g_string_append (usage, " | ");
        append_option (usage, option);
      }
  return g_string_free (usage, FALSE);
}
