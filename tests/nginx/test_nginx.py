# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A province behind nginx, with the configuration that we ship, as clients and strangers see it.

Only what a site has to fill in is filled in: names, addresses, certificates, places. Without nginx
the test is skipped, and says so.
"""

import argparse
import base64
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
CERTIFICATES = HERE.parent / 'certificates'
sys.path.insert(0, str(HERE.parent / 'e2e'))

from programs import Programs  # noqa: E402
from province import ENTERPRISE, PASSWORD, Province, free_port  # noqa: E402
from steps import holds, same, step  # noqa: E402
from terminal import FAILED, OFFLINE, Terminal  # noqa: E402
from waiting import wait_until  # noqa: E402
from xsession import stop  # noqa: E402

SAMPLE = 'complete-construction'
SEARCHED = '张三丰'
FILE_SIZE = 60_000_000
HALF = FILE_SIZE // 2
# nginx waits for an answer so many seconds here, and a minute as it is shipped.
ANSWER_SECONDS = 6

MAIN = """
daemon off;
worker_processes 1;
{user}
pid {place}/nginx.pid;
error_log {place}/start.log warn;
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {place}/body;
  proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/fastcgi;
  uwsgi_temp_path {place}/uwsgi;
  scgi_temp_path {place}/scgi;
  access_log {place}/other.log;
  include {place}/yeji.conf;
}}
"""


def find_nginx():
    """Finds nginx where the packages put it, which is not in everybody's PATH."""
    return shutil.which('nginx') or shutil.which('nginx', path='/usr/sbin:/usr/local/sbin')


class Behind(Province):
    """A yeji-server that listens on a socket."""

    def __init__(self, programs, directory, path):
        super().__init__(programs, directory)
        self.path = path

    def start(self, port=0):
        log = self.directory / 'serve.log'
        with open(log, 'ab') as output:
            self.process = subprocess.Popen(
                self.command('serve', '--listen', f'unix:{self.path}'),
                env=self.programs.environment, stdin=subprocess.DEVNULL, stdout=output,
                stderr=output)
        wait_until(lambda: f'listening on unix:{self.path}' in log.read_text(errors='replace')
                   and self.path.is_socket(), 'yeji-server does not listen on its socket')


class Nginx:
    """nginx with the configuration that we ship."""

    def __init__(self, source, place, upstream):
        self.place = place
        self.http = free_port()
        self.https = free_port()
        self.url = f'https://localhost:{self.https}'
        text = (source / 'data' / 'nginx' / 'yeji.conf').read_text(encoding='utf-8')
        for before, after, times in (
                ('/run/yeji/province.sock', str(upstream), 1),
                ('listen 80;', f'listen 127.0.0.1:{self.http};', 1),
                ('listen [::]:80;', '', 1),
                ('listen 443 ssl;', f'listen 127.0.0.1:{self.https} ssl;', 1),
                ('listen [::]:443 ssl;', '', 1),
                ('server_name yeji.example;', 'server_name localhost;', 2),
                ('/etc/yeji/tls/certificate.pem', str(CERTIFICATES / 'good.pem'), 1),
                ('/etc/yeji/tls/key.pem', str(CERTIFICATES / 'good.pem'), 1),
                ('/var/log/nginx/', f'{place}/', 2),
                ('proxy_read_timeout 60s;', f'proxy_read_timeout {ANSWER_SECONDS}s;', 1)):
            same(text.count(before), times, f'how often {before!r} is in yeji.conf')
            text = text.replace(before, after)
        (place / 'yeji.conf').write_text(text, encoding='utf-8')
        user = 'user root;' if os.geteuid() == 0 else ''
        (place / 'nginx.conf').write_text(MAIN.format(place=place, user=user), encoding='utf-8')
        self.process = None

    def command(self, *words):
        return [find_nginx(), '-p', str(self.place), '-c', str(self.place / 'nginx.conf'),
                '-e', str(self.place / 'start.log'), *words]

    def start(self):
        checked = subprocess.run(self.command('-t'), capture_output=True, text=True, timeout=20)
        same(checked.returncode, 0, checked.stderr)
        holds('warn' not in checked.stderr, checked.stderr)
        with open(self.place / 'out.log', 'wb') as output:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL,
                                            stdout=output, stderr=output)
        wait_until(self.answers, 'nginx does not listen')

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f'nginx ended: {(self.place / "out.log").read_text()}')
        with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', self.https)):
            return True
        return False

    def stop(self):
        if self.process is not None:
            stop(self.process)
            self.process = None

    def connect(self, **limits):
        """Connects by TLS, trusting the authority of the tests alone."""
        context = ssl.create_default_context(cafile=str(CERTIFICATES / 'authority.pem'))
        for name, value in limits.items():
            setattr(context, name, value)
        if limits:
            context.set_ciphers('DEFAULT@SECLEVEL=0')
        return http.client.HTTPSConnection('localhost', self.https, context=context, timeout=30)

    def ask(self, method, path, body=None, token=None, **headers):
        """Sends one request; returns status, headers and body."""
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        if token is not None:
            headers['Authorization'] = f'Bearer {token}'
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            headers['Content-Type'] = 'application/json'
        with contextlib.closing(self.connect()) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()


class Before(Terminal):
    """What comes through nginx, and what does not."""

    def __init__(self, programs, place):
        super().__init__(programs, place / 'user')
        self.place.mkdir()
        self.province = Behind(programs, place / 'province', place / 'province.sock')
        self.province.limit_files(2 * FILE_SIZE)
        (place / 'nginx').mkdir()
        self.nginx = Nginx(programs.source, place / 'nginx', self.province.path)
        self.token = None

    def stop(self):
        self.nginx.stop()
        if self.province.process is not None:
            self.province.process.send_signal(signal.SIGCONT)
        self.province.stop()

    def report(self):
        return [*super().report(), *self.logs().splitlines()[-20:]]

    def logs(self):
        """Everything that was written down, here and there."""
        names = [*self.nginx.place.glob('*.log'), self.province.directory / 'serve.log']
        return '\n'.join(name.read_text(errors='replace') for name in names)

    def kept(self, directory):
        """Bytes of all files below a directory of nginx."""
        return sum(path.stat().st_size for path in (self.nginx.place / directory).rglob('*')
                   if path.is_file())

    @step('nginx takes the configuration, and reaches the server by its socket')
    def begin(self):
        self.province.start()
        self.nginx.start()
        status, headers, _ = self.nginx.ask('GET', '/v1/config')
        same(status, 200, 'the configuration of the province')
        same(headers['Yeji-Version'], '1', 'the version')
        same(headers['Strict-Transport-Security'], 'max-age=63072000', 'HSTS')
        same(oct(self.province.path.stat().st_mode & 0o002), '0o0', 'nobody else may write there')

    @step('the client wants to know the authority, and says so in words')
    def refuse(self):
        done = self.programs.call(self.profile, 'login', self.nginx.url, ENTERPRISE,
                                  stdin=f'{PASSWORD}\n')
        holds(done.code in (FAILED, OFFLINE), done)
        holds('证书' in done.err, done)
        same(self.province_asked('/v1/session'), 0, 'questions about a session')

    def province_asked(self, path):
        """How often nginx has seen a path."""
        return (self.nginx.place / 'yeji.log').read_text().count(f' {path} ')

    @step('signed in with the authority of the office, and with a pinned key')
    def sign_in(self):
        self.yeji('pin', '--authority', CERTIFICATES / 'authority.pem')
        self.yeji('login', self.nginx.url, ENTERPRISE, stdin=f'{PASSWORD}\n')
        shown = self.yeji('--json', 'pin').json
        same((shown['pinned'], shown['problem']), (None, None), 'nothing is pinned yet')
        self.yeji('pin', '--set', 'now')
        same(self.yeji('--json', 'pin').json['pinned'], shown['now'], 'the key')
        self.yeji('sync')

    @step('another key is not taken, and nothing is sent to it')
    def refuse_key(self):
        shown = self.yeji('--json', 'pin').json
        before = (self.nginx.place / 'yeji.log').read_text()
        self.yeji('pin', '--set', 'AA:' * 31 + 'AA')
        done = self.programs.call(self.profile, 'sync')
        holds(done.code in (FAILED, OFFLINE), done)
        holds('证书' in done.err, done)
        same((self.nginx.place / 'yeji.log').read_text(), before, 'what came to nginx')
        self.yeji('pin', '--set', shown['pinned'])
        self.yeji('sync')

    @step('a record goes through, with its documents')
    def submit(self):
        record = self.programs.sample(SAMPLE)
        self.yeji('import', self.programs.samples / f'{SAMPLE}.json')
        plan = json.loads((self.programs.samples / 'documents.json').read_text(encoding='utf-8'))
        for line in plan[SAMPLE]:
            self.yeji('attach', record['uuid'], line['slot'],
                      self.programs.documents / SAMPLE / line['file'])
        self.yeji('submit', record['uuid'])
        self.yeji('sync')
        same(self.entry(record['uuid'])['state'], 'submitted', 'the state')

    @step('nothing older than TLS 1.2, and no plain HTTP')
    def protocols(self):
        with contextlib.closing(self.nginx.connect(minimum_version=ssl.TLSVersion.TLSv1_2,
                                                   maximum_version=ssl.TLSVersion.TLSv1_2)) as one:
            one.connect()
            same(one.sock.version(), 'TLSv1.2', 'the version')
        old = self.nginx.connect(minimum_version=ssl.TLSVersion.TLSv1,
                                 maximum_version=ssl.TLSVersion.TLSv1_1)
        with contextlib.closing(old):
            try:
                old.connect()
            except ssl.SSLError:
                pass
            else:
                raise AssertionError(f'{old.sock.version()} was taken')
        plain = http.client.HTTPConnection('127.0.0.1', self.nginx.http, timeout=20)
        with contextlib.closing(plain):
            plain.request('GET', '/v1/config')
            answer = plain.getresponse()
            same(answer.status, 301, 'the status of plain HTTP')
            same(answer.headers['Location'], 'https://localhost/v1/config', 'where it sends')

    @step('entity tags come through as they are')
    def tags(self):
        status, headers, body = self.nginx.ask('GET', '/v1/dictionary', Accept_Encoding='gzip')
        same(status, 200, 'the status')
        same(headers['Content-Encoding'], None, 'the encoding')
        holds(re.fullmatch(r'"[^"]+"', headers['ETag'] or ''), headers['ETag'])
        holds(len(body) > 10000, 'a dictionary')
        same(self.nginx.ask('GET', '/v1/dictionary', If_None_Match=headers['ETag'])[0], 304,
             'the status of the same one')

    @step('pages come through, and what is for who watches does not')
    def pages(self):
        status, headers, _ = self.nginx.ask('GET', '/desk')
        same(status, 200, 'the desk')
        holds("default-src 'none'" in headers['Content-Security-Policy'], headers)
        same(headers['Strict-Transport-Security'], 'max-age=63072000', 'HSTS')
        same(self.nginx.ask('GET', '/web/desk.css')[0], 200, 'a file of it')
        for path in ('/healthz', '/readyz', '/metrics'):
            same(self.nginx.ask('GET', path)[0], 404, path)
        same(self.nginx.ask('GET', '/v1/admin/status')[0], 401, 'the status')
        self.nginx.ask('PATCH', '/v1/users/geheimrat', {})

    def open_session(self):
        status, _, body = self.nginx.ask('POST', '/v1/session',
                                         {'user': ENTERPRISE, 'password': PASSWORD})
        same(status, 200, 'a session')
        return json.loads(body)['access']

    def begin_upload(self, size, sum_of_all):
        """Makes a record and an upload for it; returns the upload's path."""
        record = {**self.programs.sample(SAMPLE), 'uuid': '11111111-2222-4333-8444-555555555555'}
        uuid = record['uuid']
        self.nginx.ask('PUT', f'/v1/records/{uuid}', record, self.token, If_None_Match='*')
        words = {'record': uuid, 'slot': 'contract', 'sha256': sum_of_all, 'filename': '合同.pdf',
                 'filetype': 'application/pdf'}
        metadata = ','.join(f'{name} {base64.b64encode(value.encode()).decode()}'
                            for name, value in words.items())
        status, headers, body = self.nginx.ask('POST', '/v1/files', None, self.token,
                                               Tus_Resumable='1.0.0', Upload_Length=str(size),
                                               Upload_Metadata=metadata)
        same(status, 201, f'the status of a new upload: {body}')
        return urllib.parse.urlsplit(headers['Location']).path

    def arrived(self):
        """Bytes of uploads that the server has on its disk."""
        parts = self.province.directory / 'parts'
        return sum(path.stat().st_size for path in parts.rglob('*') if path.is_file())

    @step('a large document is on the server\'s disk while it still comes, and never on nginx\'s')
    def stream(self):
        self.token = self.open_session()
        content = b'%PDF-1.4\n' + os.urandom(FILE_SIZE - 9)
        path = self.begin_upload(FILE_SIZE, hashlib.sha256(content).hexdigest())
        with contextlib.closing(self.nginx.connect()) as connection:
            connection.putrequest('PATCH', path)
            for name, value in (('Authorization', f'Bearer {self.token}'),
                                ('Tus-Resumable', '1.0.0'), ('Upload-Offset', '0'),
                                ('Content-Type', 'application/offset+octet-stream'),
                                ('Content-Length', str(FILE_SIZE))):
                connection.putheader(name, value)
            connection.endheaders()
            connection.send(content[:HALF])
            wait_until(lambda: self.arrived() > HALF - 2_000_000,
                       'the first half does not arrive before the second is sent')
            same(self.kept('body'), 0, 'bytes in nginx\'s own files')
            connection.send(content[HALF:])
            answer = connection.getresponse()
            same((answer.status, answer.headers['Upload-Offset']), (204, str(FILE_SIZE)),
                 'the status and what has arrived')
        same(self.kept('body'), 0, 'bytes in nginx\'s own files')

    @step('what is too large is refused as a problem')
    def too_large(self):
        cases = (('PUT', '/v1/records/11111111-2222-4333-8444-555555555556', 2_500_000),
                 ('PATCH', '/v1/files/x', 110_000_000))
        for method, path, size in cases:
            with contextlib.closing(self.nginx.connect()) as connection:
                connection.putrequest(method, path)
                connection.putheader('Authorization', f'Bearer {self.token}')
                connection.putheader('Content-Length', str(size))
                connection.endheaders()
                answer = connection.getresponse()
                problem = json.loads(answer.read())
            same(answer.status, 413, f'the status of {method}')
            same(answer.headers['Content-Type'], 'application/problem+json', 'the type')
            same(answer.headers['Yeji-Version'], '1', 'the version')
            same((problem['type'], problem['status']), ('urn:yeji:problem:too-large', 413),
                 'the problem')

    @staticmethod
    def guess(connection):
        """Asks for a session with a token that is none; returns the answer and its body."""
        connection.request('POST', '/v1/session', b'{"refresh": "guessed"}',
                           {'Content-Type': 'application/json'})
        answer = connection.getresponse()
        return answer, answer.read()

    @contextlib.contextmanager
    def flooding(self):
        """Somebody guesses all the time meanwhile."""
        ended = threading.Event()

        def guess_on():
            with contextlib.closing(self.nginx.connect()) as connection:
                while not ended.is_set():
                    self.guess(connection)
                    ended.wait(0.01)
        guesser = threading.Thread(target=guess_on)
        guesser.start()
        try:
            yield
        finally:
            ended.set()
            guesser.join()

    @step('who signs in too often hears when to come again, and so does the client')
    def flood(self):
        seen = []
        with contextlib.closing(self.nginx.connect()) as connection:
            for _ in range(100):
                answer, body = self.guess(connection)
                seen.append(answer.status)
                if answer.status == 429:
                    break
        same(answer.status, 429, f'the last status of {len(seen)}')
        same(set(seen[:-1]), {401}, 'those before')
        holds(len(seen) > 40, f'an office of {len(seen)} clerks can sign in at once')
        same(answer.headers['Retry-After'], '30', 'when to come again')
        same(json.loads(body)['type'], 'urn:yeji:problem:throttled', 'the problem')
        same(answer.headers['Yeji-Version'], '1', 'the version')
        with self.flooding():
            for _ in range(5):         # one of them may find a moment that the others left
                done = self.programs.call(self.profile, 'login', self.nginx.url, ENTERPRISE,
                                          stdin=f'{PASSWORD}\n')
                if any(word in done.err for word in ('太多', '过多', '429')):
                    break
            else:
                raise AssertionError(f'the client does not hear it: {done}')
        same(done.code, OFFLINE, done)
        same(self.nginx.ask('GET', '/v1/config')[0], 200, 'everything else goes on')

    @step('the server knows whom nginx speaks for')
    def address(self):
        with contextlib.closing(sqlite3.connect(self.province.directory / 'province.db')) as audit:
            rows = audit.execute("SELECT DISTINCT detail FROM audit"
                                 " WHERE what = 'session.begun'").fetchall()
        same(rows, [('127.0.0.1',)], 'where sessions were begun from')

    def audit(self, *words, directory=None):
        """Runs `yeji-server audit`; returns its exit status and what it printed."""
        command = self.province.command('audit', *words)
        if directory is not None:
            command[2] = str(directory)
        done = subprocess.run(command, env=self.programs.environment, capture_output=True,
                              text=True, timeout=60)
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    @step('the audit log is whole, anybody can take its sums, and a change in it is found')
    def chain(self):
        status, head, words = self.audit()
        same((status, words), (0, ''), 'a whole log')
        same(self.audit('--verify', head)[0], 0, 'the check against its own head')
        previous = ''
        for line in self.audit('--export')[1].splitlines():
            noted, text = line.split('\t', 1)
            same(hashlib.sha256(text.encode()).hexdigest(), noted, f'the sum of {text}')
            same(json.loads(text)['previous'], previous, f'what {text} follows')
            previous = noted
        same(previous, self.audit('--head')[1].split(':')[1], 'the last one')
        copy = self.place / 'copy'
        copy.mkdir()
        with contextlib.closing(sqlite3.connect(self.province.directory / 'province.db')) as log:
            log.execute('VACUUM INTO ?', (str(copy / 'province.db'),))
        with contextlib.closing(sqlite3.connect(copy / 'province.db')) as log:
            log.execute('DROP TRIGGER audit_is_not_changed')
            log.execute("UPDATE audit SET detail = '198.51.100.1' WHERE seq ="
                        " (SELECT max (seq) FROM audit WHERE what = 'session.begun')")
            log.commit()
        status, _, words = self.audit(directory=copy)
        same(status, 1, f'the status of a log that was changed: {words}')
        holds(re.search(r'\d+', words), words)

    @step('a server that is slow or gone is told from one that says no')
    def gone(self):
        self.province.process.send_signal(signal.SIGSTOP)
        try:
            status, headers, _ = self.nginx.ask('GET', '/v1/config')
        finally:
            self.province.process.send_signal(signal.SIGCONT)
        same((status, headers['Yeji-Version']), (504, None), 'the answer for a server that sleeps')
        self.province.stop()
        status, headers, _ = self.nginx.ask('GET', '/v1/config')
        same((status, headers['Yeji-Version']), (502, None), 'the answer for a server that is gone')
        done = self.yeji('sync', code=OFFLINE)
        holds(done.err.strip(), done)
        self.province.start()
        self.yeji('sync')

    @step('nothing personal is written down')
    def logs_are_clean(self):
        query = urllib.parse.urlencode({'q': SEARCHED})
        self.nginx.ask('GET', f'/v1/public/projects?{query}')
        self.nginx.ask('GET', f'/v1/nowhere?{query}', None, self.token)
        wait_until(lambda: '/v1/nowhere' in (self.nginx.place / 'yeji.log').read_text(),
                   'the request is not in the log')
        words = self.logs()
        for secret in (SEARCHED, query, urllib.parse.quote(SEARCHED), '?', self.token, PASSWORD,
                       'Bearer', 'geheimrat'):
            holds(secret not in words.replace('??', ''), f'{secret} is in a log:\n{words}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--source', type=pathlib.Path, default=HERE.parents[1])
    arguments = parser.parse_args()
    if find_nginx() is None:
        print('1..0 # SKIP nginx is not installed: nothing is known about its configuration')
        return 0
    with tempfile.TemporaryDirectory(prefix='yeji-nginx-') as name, \
            contextlib.ExitStack() as end:
        place = pathlib.Path(name)
        programs = Programs(arguments.build, arguments.source, {
            **os.environ,
            'HOME': str(place / 'home'),
            'XDG_CONFIG_HOME': str(place / 'config'),
            'XDG_DATA_HOME': str(place / 'data'),
            'XDG_CACHE_HOME': str(place / 'cache'),
            'XDG_STATE_HOME': str(place / 'state'),
        })
        story = Before(programs, place)
        end.callback(story.stop)
        return 0 if story.tell() else 1


if __name__ == '__main__':
    sys.exit(main())
