# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""`yeji receipt` against a real province: kept, printed, and proven without a network."""

import json
import os
import re
import shutil
import subprocess
import time

from told import tell

OK, FAILED, USAGE = range(3)
UUID = '6f1c2d3e-4a5b-4c6d-8e7f-102030405001'
OTHER = '6f1c2d3e-4a5b-4c6d-8e7f-102030405009'
SLOTS = ('award_notice', 'contract', 'construction_permit', 'acceptance_report')


class World:
    """A province with its sample accounts, an enterprise, and somebody else with a computer."""

    def __init__(self, program, server, samples, place):
        self.program, self.server, self.place = program, server, place
        self.samples = samples
        self.process = None
        self.url = None
        self.environment = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C',
                            'YEJI_EXAMINER': str(place / 'no-examiner'), 'YEJI_KEYRING': 'none',
                            'XDG_CACHE_HOME': str(place / 'cache'),
                            'XDG_CONFIG_HOME': str(place / 'config'),
                            'XDG_DATA_HOME': str(place / 'data')}

    def serve(self, port=0):
        """Starts the province; returns its address."""
        log = self.place / 'serve.log'
        with open(log, 'wb') as output:
            self.process = subprocess.Popen(
                [self.server, '--data', str(self.place / 'province'), 'serve', '--listen',
                 f'127.0.0.1:{port}'], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output)
        for _ in range(600):
            found = re.search(r'^listening on (\S+)$', log.read_text(), re.M)
            if found:
                return found[1].rstrip('/')
            time.sleep(0.05)
        raise RuntimeError(log.read_text())

    def stop(self):
        """Ends the province."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None

    def administer(self, *words):
        """What yeji-server answers."""
        return subprocess.run([self.server, '--data', str(self.place / 'province'), *words],
                              env=self.environment, capture_output=True, check=True,
                              timeout=60).stdout.decode()

    def call(self, *words, profile='profile', given=b''):
        """Returns exit code, what was said, and what was complained of."""
        done = subprocess.run([self.program, '--profile', str(self.place / profile), *words],
                              env=self.environment, input=given, capture_output=True, timeout=120,
                              check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def good(self, *words, **more):
        """What is said by a call that must be done."""
        code, said, complained = self.call(*words, **more)
        assert code == OK, (words, code, said, complained)
        return said

    def add(self, uuid):
        """One record with its documents."""
        text = (self.samples / 'complete-construction.json').read_text(encoding='utf-8')
        (self.place / 'record.json').write_text(text.replace(UUID, uuid), encoding='utf-8')
        self.good('import', str(self.place / 'record.json'))
        for slot in SLOTS:
            path = self.place / f'{slot}.pdf'
            path.write_bytes(b'%PDF-1.7\n' + slot.encode() * 200)
            self.good('attach', uuid, slot, str(path))

    def prove(self, text, *words, profile='other'):
        """Whether somebody else believes a receipt; what is said of it."""
        path = self.place / 'given.json'
        path.write_text(text, encoding='utf-8')
        code, said, complained = self.call('receipt', '--verify', str(path), *words,
                                           profile=profile)
        assert code in (OK, FAILED), (code, complained)
        return code == OK, said + complained


def case_keeps(world):
    """The receipt is kept, and what of it is proven is told without a network."""
    world.administer('demo')
    world.url = world.serve()
    world.good('login', world.url, 'qiye', given=b'yeji-demo\n')
    world.add(UUID)
    assert '1 submitted' in world.good('submit', UUID)
    said = world.good('receipt', UUID)
    assert 'SHA-256' in said and 'Submitted 20' in said, said
    world.stop()
    found = json.loads(world.good('--json', 'receipt', UUID, '--verify'))
    assert found['good'] and found['signature'] == 'good' and found['record'] == 'same', found
    assert [one['here'] for one in found['files']] == ['same'] * len(SLOTS), found
    said = world.good('receipt', UUID, '--verify')
    assert 'The signature is right' in said, said
    world.good('receipt', UUID, '--out', str(world.place / 'receipt.json'))


def case_others(world):
    """Somebody else needs the public key, and nothing of ours."""
    text = (world.place / 'receipt.json').read_text(encoding='utf-8')
    key = world.administer('receipt-key').split()[1]
    believed, said = world.prove(text)
    assert not believed and 'not known here' in said, said
    believed, said = world.prove(text, '--key', key)
    assert believed and 'The signature is right' in said, said
    code = json.loads(text)['code']
    assert world.call('receipt', '--verify', code, '--key', key, profile='other')[0] == OK
    assert world.call('receipt', '--verify', code + 'A', '--key', key, profile='other')[0] == FAILED
    believed, said = world.prove(text, '--key', 'A' * 43 + '=')
    assert not believed, said


def case_touched(world):
    """Each member in turn, of the receipt and of a document."""
    whole = json.loads((world.place / 'receipt.json').read_text(encoding='utf-8'))
    key = world.administer('receipt-key').split()[1]

    def change(value):
        if isinstance(value, str):
            return value[:-1] + ('0' if value[-1:] != '0' else '1')
        return (value or 0) + 1 if not isinstance(value, list) else value[1:]

    for place in (lambda one: one, lambda one: one['files'][0]):
        for member in place(whole):
            touched = json.loads(json.dumps(whole))
            place(touched)[member] = change(place(touched)[member])
            believed, said = world.prove(json.dumps(touched, ensure_ascii=False), '--key', key)
            assert not believed, (member, said)
    for text in ('', '{}', '[]', 'yeji-receipt:1/', '\x00', '{"version": 1}'):
        believed, said = world.prove(text, '--key', key)
        assert not believed and said, text


def case_contradicted(world):
    """What is here and contradicts the receipt is said."""
    digest = json.loads((world.place / 'receipt.json').read_text())['files'][0]['sha256']
    copy = next((world.place / 'profile' / 'files').rglob(digest + '*'))
    before = copy.read_bytes()
    copy.chmod(0o600)
    copy.write_bytes(b'other')
    code, said, _ = world.call('--json', 'receipt', UUID, '--verify')
    found = json.loads(said)
    assert code == FAILED and not found['good'], found
    assert found['files'][0]['here'] == 'other', found
    copy.write_bytes(before)
    world.good('receipt', UUID, '--verify')


def case_printed(world):
    """The print says all, and its code can be scanned."""
    pdf = world.place / 'receipt.pdf'
    world.good('receipt', UUID, '--pdf', str(pdf))
    assert pdf.read_bytes().startswith(b'%PDF-')
    code = json.loads((world.place / 'receipt.json').read_text())['code']
    if shutil.which('pdftotext'):
        text = subprocess.run(['pdftotext', '-layout', str(pdf), '-'], capture_output=True,
                              check=True).stdout.decode()
        for word in (UUID, '2201041603300001', 'acceptance_report.pdf'):
            assert word in text, (word, text)
    if shutil.which('pdftoppm') and shutil.which('zbarimg'):
        subprocess.run(['pdftoppm', '-r', '120', '-png', '-singlefile', str(pdf),
                        str(world.place / 'page')], check=True)
        # only QR codes: now and then it reads a bar code out of the lines of a text
        scanned = subprocess.run(['zbarimg', '-q', '--raw', '-Sdisable', '-Sqrcode.enable',
                                  str(world.place / 'page.png')],
                                 capture_output=True, check=True).stdout.decode().strip()
        assert scanned == code, scanned


def case_form(world):
    """The declaration form has the receipt's sum, and is no draft until it is edited again."""
    if not shutil.which('pdftotext'):
        return
    pdf = world.place / 'form.pdf'
    whole = json.loads((world.place / 'receipt.json').read_text(encoding='utf-8'))

    def read():
        world.good('print', UUID, str(pdf))
        text = subprocess.run(['pdftotext', '-raw', str(pdf), '-'], capture_output=True,
                              check=True).stdout.decode()
        return re.sub(r'\s+', '', text)

    text = read()
    for word in (whole['record_sha256'], 'withjustthiscontent', 'Submitted',
                 whole['files'][0]['sha256'][:16], whole['files'][0]['filename']):
        assert word in text, (word, text[:3000])
    assert 'Draft' not in text, text[:3000]


def case_usage(world):
    """What is asked for wrongly is told, and exits differ."""
    for words in (['receipt', 'x'], ['receipt', '--verify'], ['receipt', UUID, '--out'],
                  ['receipt', '--verify', 'a', 'b'], ['receipt', UUID, '--paint'],
                  ['receipt', 'file', '--out', 'b']):
        assert world.call(*words)[0] == USAGE, words
    nobody = '00000000-0000-4000-8000-000000000000'
    for words in (['receipt', nobody, '--verify'], ['receipt', '--verify', '/nowhere/at/all'],
                  ['receipt', UUID, '--pdf', '/nowhere/at/all.pdf']):
        code, _, complained = world.call(*words)
        assert code == FAILED and complained, words
    world.good('receipt', '--forget-key')
    world.good('receipt', UUID, '--verify')


def case_revoked_key(world):
    """What a key signed that the province revokes is told to be doubtful, and goes on being kept."""
    key = world.administer('receipt-key').split()[0]
    world.administer('receipt-key', '--rotate')
    settings = world.place / 'province' / 'settings.json'
    settings.write_text(json.dumps({'receipts': {'revoked': key}}), encoding='utf-8')
    port = world.url.rpartition(':')[2]
    world.serve(port)
    world.good('receipt', '--forget-key')       # the one that vouches for the new one is revoked
    world.good('sync')
    assert f'revoked the key that signed it: {key}' in world.good('receipt', UUID)
    world.stop()
    code, said, _ = world.call('receipt', UUID, '--verify')
    assert code == FAILED and 'which the province has revoked' in said, said
    found = json.loads(world.call('--json', 'receipt', UUID, '--verify')[1])
    assert not found['good'] and found['signature'] == 'revoked-key', found
    assert found['record'] == 'same', found
    settings.unlink()
    world.serve(port)
    world.good('sync')
    world.good('receipt', UUID, '--verify')
    world.stop()


def case_another_key(world):
    """A province with another key is not believed before somebody says so; nothing is lost."""
    (world.place / 'province' / 'receipt-key.json').unlink()
    world.serve(world.url.rpartition(':')[2])
    world.add(OTHER)
    code, said, complained = world.call('submit', OTHER)
    assert code == FAILED and '0 submitted' in said, (code, said)
    assert 'another key' in complained and OTHER in complained, complained
    assert 'another key' in world.good('status'), 'the status says nothing'
    assert world.call('receipt', OTHER, '--verify')[0] == FAILED
    assert world.call('sync')[0] == FAILED
    world.good('receipt', '--forget-key')
    assert '1 submitted' in world.good('sync')
    world.good('receipt', OTHER, '--verify')
    world.good('receipt', UUID, '--verify')
    assert 'another key' not in world.good('status'), 'the status has not forgotten'
    world.stop()


CASES = [
    ('is-kept-and-proven-without-a-network', case_keeps),
    ('is-proven-to-others-by-the-public-key', case_others),
    ('is-not-believed-when-anything-of-it-is-touched', case_touched),
    ('is-contradicted-by-a-document-that-changed', case_contradicted),
    ('is-printed-and-can-be-scanned', case_printed),
    ('is-told-on-the-form-that-was-submitted', case_form),
    ('is-doubted-when-its-key-is-revoked', case_revoked_key),
    ('is-not-believed-under-another-key', case_another_key),
    ('is-asked-for-in-one-way', case_usage),
]


if __name__ == '__main__':
    tell('receipt', CASES, World)
