# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Files on bad lines, and through the death of either side, against a real province: all of them
arrive, whole, and nothing is sent twice but what was under way."""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'strangers'))

from narrow import Narrow  # noqa: E402
from programs import Programs  # noqa: E402
from province import ENTERPRISE, OPENER, PASSWORD, Province, Visitor  # noqa: E402
from scans import make_pdf  # noqa: E402
from steps import holds, same, step  # noqa: E402
from terminal import OFFLINE, Terminal  # noqa: E402
from waiting import wait_until  # noqa: E402
from xsession import stop  # noqa: E402

SAMPLE = 'complete-construction'
SLOT = 'contract'
MB = 1024 * 1024
# What is lost with a connection: the piece that was under way. Headers, and small requests.
BESIDES = 200_000
RECEIVED = b'\r\nUpload-Offset: '


class Transfers(Terminal):
    """One clerk, one record, and a line that gets worse and worse."""

    def __init__(self, programs, place, rate, size):
        super().__init__(programs, place)
        self.rate = rate
        self.size = size
        self.province = Province(programs, place / 'province')
        self.line = None
        self.uuid = programs.sample(SAMPLE)['uuid']
        self.number = 0

    def documents(self):
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        return [(line['slot'], self.programs.documents / SAMPLE / line['file'])
                for line in plan[SAMPLE]]

    def attach(self, size):
        """Attaches one more document of that size; returns its sum."""
        self.number += 1
        content = make_pdf(size, self.number)
        path = self.place / f'扫描件{self.number}.pdf'
        path.write_bytes(content)
        self.yeji('attach', self.uuid, SLOT, path)
        return hashlib.sha256(content).hexdigest()

    def take_back(self):
        """Lets the reviewer return the record, so that it can be submitted once more."""
        reviewer = Visitor(self.province.url, 'shi')
        reviewer.decide(self.uuid, 'return', {'message': '补充材料', 'points': []})
        self.yeji('sync')

    def start(self, *words):
        """Begins a call of yeji and does not wait for it."""
        return subprocess.Popen([str(self.programs.yeji), '--profile', str(self.profile), *words],
                                env=self.programs.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def sync_until_sent(self):
        """Calls sync as somebody on a bad line does: again, when it says that it got stuck."""
        for _ in range(40):
            result = self.programs.call_slowly(self.profile, 'sync')
            if result.code != OFFLINE:
                same(result.code, 0, repr(result))
                if not self.yeji('--json', 'status').json['waiting']:
                    return
        raise AssertionError('it does not get through')

    def check_content(self, sums):
        """Fetches each file from the province and compares its sum."""
        visitor = Visitor(self.province.url, ENTERPRISE)
        record = visitor.ask('GET', f'/v1/records/{self.uuid}').body
        files = {file['sha256']: file['id'] for file in record['files']}
        for wanted in sums:
            holds(wanted in files, f'the province has {wanted}')
            request = urllib.request.Request(
                f'{self.province.url}/v1/files/{files[wanted]}',
                headers={'Authorization': f'Bearer {visitor.token}'})
            with OPENER.open(request, timeout=30) as answer:
                same(hashlib.sha256(answer.read()).hexdigest(), wanted, 'the content')

    def check_thrift(self, size, n_lost, piece):
        """Fails if more went over the line than the file and the pieces that were lost."""
        most = size + n_lost * piece + BESIDES
        holds(self.line.sent <= most,
              f'{self.line.sent} bytes for a file of {size}, {n_lost} pieces of {piece} lost')

    # The steps

    @step('a record is ready, and signed in over the line')
    def prepare(self):
        self.province.start()
        self.line = Narrow(self.province.port)
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        for slot, path in self.documents():
            self.yeji('attach', self.uuid, slot, path)
        self.yeji('login', self.line.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        self.yeji('submit', self.uuid)
        same(self.entry(self.uuid)['state'], 'submitted', 'the state')
        self.take_back()

    @step('a narrow line that breaks and stalls brings it all, and little of it twice')
    def narrow(self):
        wanted = self.attach(self.size)
        self.line.reset()
        self.line.rate, self.line.cuts, self.line.stalls = self.rate, 0.02, 0.01
        began = time.monotonic()
        self.yeji('transfers')
        self.programs.call_slowly(self.profile, 'submit', self.uuid)
        self.sync_until_sent()
        self.line.cuts = self.line.stalls = 0
        seconds = time.monotonic() - began
        print(f'# {self.size} bytes at {self.rate} B/s: {seconds:.0f} s, {self.line.sent} sent, '
              f'{self.line.n_cuts} cuts, {self.line.n_stalls} stalls', flush=True)
        self.line.rate = 0
        same(self.entry(self.uuid)['state'], 'submitted', 'the state')
        self.check_content([wanted])
        self.check_thrift(self.size, self.line.n_cuts, MB)
        self.take_back()

    @step('killed in the middle, the client goes on where it was')
    def kill_client(self):
        wanted = self.attach(6 * MB)
        self.line.reset()
        self.line.rate = MB
        process = self.start('submit', self.uuid)
        wait_until(lambda: self.line.count_back(RECEIVED) >= 1, 'no piece is received', 30)
        time.sleep(0.2)
        process.kill()
        process.wait()
        self.line.rate = 0
        self.sync_until_sent()
        self.check_content([wanted])
        same(self.line.count_there(b'POST /v1/files HTTP'), 1, 'uploads begun')
        holds(self.line.count_there(b'HEAD /v1/files/') >= 1, 'the province was asked')
        self.check_thrift(6 * MB, 1, 5 * MB)
        holds(self.line.sent < 11 * MB, 'the first piece was not sent again')
        self.take_back()

    @step('killed in the middle, the province gets the rest')
    def kill_province(self):
        wanted = self.attach(6 * MB)
        port = self.province.port
        self.line.reset()
        self.line.rate = MB
        process = self.start('submit', self.uuid)
        wait_until(lambda: self.line.count_back(RECEIVED) >= 1, 'no piece is received', 30)
        self.province.process.kill()
        self.province.process.wait()
        self.line.rate = 0
        self.province.start(port)
        try:
            process.wait(60)
        finally:
            stop(process)
        self.sync_until_sent()
        self.check_content([wanted])
        same(self.line.count_there(b'POST /v1/files HTTP'), 1, 'uploads begun')
        self.take_back()

    @step('in deadline mode the record is there first, and the receipt tells both times')
    def follow(self):
        wanted = self.attach(3 * MB)
        self.line.reset()
        self.line.rate = MB
        process = self.start('submit', '--files-follow', self.uuid)
        visitor = Visitor(self.province.url, ENTERPRISE)
        wait_until(lambda: visitor.ask('GET', f'/v1/records/{self.uuid}').body['state']
                   == 'submitted', 'the record is not submitted')
        early = visitor.ask('GET', f'/v1/records/{self.uuid}/receipts').body
        same(early['files_complete_at'], None, 'the files are not there yet')
        self.line.rate = 0
        same(process.wait(60), 0, 'the exit code')
        self.yeji('sync')
        receipt = self.yeji('--json', 'receipt', self.uuid).json
        same(receipt['submitted_at'], early['submitted_at'], 'when it was submitted')
        holds(receipt['files_complete_at'] is not None, receipt)
        holds(wanted in [file['sha256'] for file in receipt['files']], receipt)
        text = self.yeji('receipt', self.uuid).out
        holds(receipt['submitted_at'] in text and receipt['files_complete_at'] in text, text)
        self.check_content([wanted])

    @step('the queue can be paused, limited and looked at')
    def queue(self):
        self.take_back()
        self.attach(MB)
        self.yeji('transfers', 'pause')
        self.yeji('transfers', 'limit', '500k')
        self.yeji('submit', self.uuid)
        shown = self.yeji('--json', 'transfers').json
        same((shown['paused'], shown['rate']), (True, 500000), 'the settings')
        same([line['state'] for line in shown['transfers']], ['waiting'], 'the states')
        self.yeji('transfers', 'first', shown['transfers'][0]['id'])
        self.yeji('transfers', 'cancel', 4711, code=2)
        self.yeji('transfers', 'limit', 'fast', code=2)
        self.yeji('transfers', 'resume')
        began = time.monotonic()
        self.yeji('sync')
        holds(time.monotonic() - began > 1.5, 'the limit is kept to')
        same(self.yeji('--json', 'transfers').json['transfers'], [], 'what waits')
        same(self.entry(self.uuid)['state'], 'submitted', 'the state')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', required=True)
    parser.add_argument('--rate', type=int, default=500_000, help='bytes a second')
    parser.add_argument('--size', type=int, default=3 * MB, help='bytes of the file')
    arguments = parser.parse_args()
    source = pathlib.Path(__file__).resolve().parent.parent.parent
    with tempfile.TemporaryDirectory(prefix='yeji-transfers-') as place:
        programs = Programs(arguments.build, source)
        story = Transfers(programs, pathlib.Path(place), arguments.rate, arguments.size)
        try:
            return 0 if story.tell() else 1
        finally:
            story.province.stop()


if __name__ == '__main__':
    sys.exit(main())
