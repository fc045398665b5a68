#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# Makes the certificates of the tests anew, each in one file with its key: good ones and bad ones.
# They are of authorities that nobody trusts, and of names that are on no network.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

LONG_AGO=20200101000000Z
FAR=21200101000000Z

make_key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key" 2> /dev/null
}

# sign NAME AUTHORITY FROM TO SUBJECT EXTENSIONS
sign() {
  : > "$work/index.txt"
  printf '[ca]\ndefault_ca=c\n[c]\ndatabase=%s/index.txt\nnew_certs_dir=%s\nrand_serial=yes\n' \
    "$work" "$work" > "$work/ca.cnf"
  printf 'default_md=sha256\npolicy=p\nunique_subject=no\nx509_extensions=e\n' >> "$work/ca.cnf"
  printf '[p]\ncommonName=supplied\n[e]\n%b\n' "$6" >> "$work/ca.cnf"
  make_key "$1"
  openssl req -new -key "$work/$1.key" -subj "/CN=$5" -out "$work/$1.csr"
  if [ "$2" = self ]; then signer="-selfsign -keyfile $work/$1.key"
  else signer="-cert $work/$2.crt -keyfile $work/$2.key"; fi
  # shellcheck disable=SC2086
  openssl ca -batch -notext -config "$work/ca.cnf" $signer -startdate "$3" -enddate "$4" \
    -in "$work/$1.csr" -out "$work/$1.crt" 2> /dev/null
}

publish() {
  cat "$work/$1.crt" "$work/$1.key" > "$1.pem"
}

CA='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign'
HERE='subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'

sign authority self $LONG_AGO $FAR 'Yeji test authority' "$CA"
sign stranger self $LONG_AGO $FAR 'Another test authority' "$CA"
cp "$work/authority.crt" authority.pem
cp "$work/stranger.crt" stranger.pem
sign good authority $LONG_AGO $FAR localhost "$HERE"
sign renewed authority $LONG_AGO $FAR localhost "$HERE"
sign expired authority 20010101000000Z 20020101000000Z localhost "$HERE"
sign future authority 21000101000000Z $FAR localhost "$HERE"
sign name authority $LONG_AGO $FAR province.example 'subjectAltName=DNS:province.example'
sign unknown stranger $LONG_AGO $FAR localhost "$HERE"
sign self self $LONG_AGO $FAR localhost "$HERE"
for each in good renewed expired future name unknown self; do publish $each; done
