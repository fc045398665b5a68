# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What the packages are made from says the same everywhere: versions, licences, rights, sums."""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import licences

# libc's own, and the loader
SYSTEM = re.compile(r'(libc|libm|libpthread|libdl|ld-linux.*)\.so\.\d+')
# What the sandbox lets the window do: the network, the screen, the keyring. No file, no other bus
# name; documents come through portals.
RIGHTS = {'--share=network', '--share=ipc', '--socket=wayland', '--socket=fallback-x11',
          '--device=dri', '--talk-name=org.freedesktop.secrets'}
TWIN = {'rename-desktop-file', 'rename-appdata-file', 'rename-icon', 'copy-icon',
        'desktop-file-name-suffix', 'id'}
# flatpak-manifest(5)
TOP = {'id', 'runtime', 'runtime-version', 'sdk', 'command', 'finish-args', 'separate-locales',
       'cleanup', 'modules'} | TWIN
MODULE = {'name', 'buildsystem', 'builddir', 'config-opts', 'sources'}


class Packaging:
    """The checks; each is a generator of complaints, its documentation its name."""

    def __init__(self, source, build, version):
        self.source, self.build, self.version = source, build, version
        self.parts = licences.read(source)

    def text(self, *names):
        return self.source.joinpath(*names).read_text(encoding='utf-8')

    def versions(self):
        """the build, Debian and the metainfo have the same newest version"""
        debian = re.match(r'yeji \(([^)]+)\)', self.text('debian', 'changelog'))[1]
        tree = xml.etree.ElementTree.fromstring(self.text('data', 'org.yeji.Yeji.metainfo.xml.in'))
        release = tree.find('releases/release').get('version')
        for name, found in (('debian/changelog', debian), ('the metainfo', release)):
            if found != self.version:
                yield f'{name} has {found}, the build {self.version}'

    def dependencies(self):
        """every library that the build asks for has a licence in data/licences.json"""
        known = {name for part in self.parts for name in part['pkgconfig']}
        asked = set(re.findall(r"dependency\('([^']+)'", self.text('meson.build')))
        for name in sorted(asked ^ known):
            yield f'{name} is in one of meson.build and data/licences.json alone'

    def linked(self):
        """what the programs are linked with has one, too"""
        known = {name for part in self.parts for name in part['libraries']}
        for path in sorted((self.build / 'src' / 'programs').iterdir()):
            if not path.is_file() or not os.access(path, os.X_OK):
                continue
            done = subprocess.run(['readelf', '-d', path], capture_output=True, text=True,
                                  check=True)
            for name in re.findall(r'\(NEEDED\).*\[(.+)\]', done.stdout):
                if name not in known and not SYSTEM.fullmatch(name) and 'san.so' not in name:
                    yield f'{path.name} is linked with {name}'

    def page(self):
        """docs/licences.md is the table"""
        page = self.text('docs', 'licences.md')
        if page != licences.fill(page, self.parts):
            yield 'docs/licences.md is not: tests/packaging/licences.py writes it'

    def flatpak(self):
        """the flatpak may do no more than it needs, and its sources have sums"""
        manifest = json.loads(self.text('flatpak', 'org.yeji.Yeji.json'))
        if set(manifest['finish-args']) != RIGHTS:
            yield f'other rights: {set(manifest["finish-args"]) ^ RIGHTS}'
        yield from (f'{name} is no member' for name in set(manifest) - TOP)
        # Texts that lie in an extension do not come with a bundle.
        if manifest['separate-locales']:
            yield 'a bundle has no Chinese'
        for module in manifest['modules']:
            yield from (f'{name} is none of a module' for name in set(module) - MODULE)
            for source in module['sources']:
                if source['type'] == 'dir':
                    if not (self.source / 'flatpak' / source['path'] / 'meson.build').is_file():
                        yield f'{source["path"]} is not where the sources are'
                elif not (source['url'].startswith('https://')
                          and re.fullmatch('[0-9a-f]{64}', source['sha256'])):
                    yield f'{module["name"]} has no sum, or does not come by https'

    def twin(self):
        """its Devel twin differs by its name alone"""
        one = json.loads(self.text('flatpak', 'org.yeji.Yeji.json'))
        other = json.loads(self.text('flatpak', 'org.yeji.Yeji.Devel.json'))
        if other['id'] != one['id'] + '.Devel':
            yield f'its name is {other["id"]}'
        other['modules'][-1]['config-opts'].remove('-Ddevel=true')
        for name in sorted((set(one) | set(other)) - TWIN):
            if one.get(name) != other.get(name):
                yield f'{name} differs'

    def manifest(self):
        """flatpak-builder reads both manifests"""
        tool = shutil.which('flatpak-builder')
        if tool is None:
            print('# SKIP there is no flatpak-builder')
            return
        for path in sorted((self.source / 'flatpak').glob('*.json')):
            with tempfile.TemporaryDirectory(prefix='yeji-flatpak-') as place:
                done = subprocess.run([tool, '--show-manifest', str(path.resolve())], capture_output=True,
                                      text=True, cwd=place, check=False)
            if (done.returncode != 0 or 'Unknown property' in done.stderr
                    or json.loads(done.stdout)['id'] != path.stem):
                yield f'{path.name}: {done.stderr}'

    def archive(self):
        """what `meson dist` packs has one time and plain rights, whoever packs it"""
        with tempfile.TemporaryDirectory(prefix='yeji-dist-') as name:
            sums = set()
            for umask in (0o077, 0o002):
                root = pathlib.Path(name, f'{umask:o}')
                before = os.umask(umask)
                try:
                    (root / 'folder').mkdir(parents=True)
                    for child, mode in (('folder/file', 0o666), ('program', 0o777)):
                        with os.fdopen(os.open(root / child, os.O_CREAT | os.O_WRONLY, mode), 'w'):
                            pass
                    (root / 'link').symlink_to('program')
                finally:
                    os.umask(before)
                os.utime(root, (umask, umask))
                subprocess.run([self.source / 'scripts' / 'settle-dist'], check=True, env={
                    **os.environ, 'MESON_DIST_ROOT': str(root), 'SOURCE_DATE_EPOCH': '86400'})
                sums.add(tuple((str(path.relative_to(root)), oct(path.lstat().st_mode),
                                path.lstat().st_mtime)
                               for path in sorted([root, *root.rglob('*')])))
        if len(sums) != 1:
            yield f'they differ: {sums}'
        for path, _, time in sums.pop():
            if time != 86400:
                yield f'{path} is of {time}'

    def bill(self):
        """the SBOM of a package names its files, what it needs, and nothing that is not there"""
        if shutil.which('dpkg-deb') is None:
            print('# SKIP there is no dpkg-deb')
            return
        with tempfile.TemporaryDirectory(prefix='yeji-sbom-') as name:
            place = pathlib.Path(name)
            yield from self.check_bill(self.make_bill(place), self.make_bill(place))

    def make_bill(self, place):
        """Packs a small package, and asks for its SBOM."""
        root, system = place / 'root', place / 'system'
        (root / 'DEBIAN').mkdir(parents=True, exist_ok=True)
        (root / 'usr').mkdir(exist_ok=True)
        (root / 'usr' / 'file').write_bytes(b'abc')
        for path in (root / 'usr' / 'file', root / 'usr', root):
            os.utime(path, (86400, 86400))
            path.chmod(0o755)
        (root / 'DEBIAN' / 'control').write_text(
            'Package: yeji-sample\nVersion: 1.2\nArchitecture: all\nMaintainer: X <x@yeji.example>\n'
            'Depends: libsodium23 (>= 1), none | libc6\nDescription: a sample\n', encoding='utf-8')
        (system / 'var/lib/dpkg').mkdir(parents=True, exist_ok=True)
        (system / 'var/lib/dpkg/status').write_text(
            'Package: libsodium23\nStatus: install ok installed\nArchitecture: amd64\n'
            'Source: libsodium\nVersion: 1.0.18-1\n\nPackage: libc6\n'
            'Status: install ok installed\nArchitecture: amd64\nVersion: 2.36-9\n', encoding='utf-8')
        environment = {**os.environ, 'SOURCE_DATE_EPOCH': '86400'}
        subprocess.run(['dpkg-deb', '--root-owner-group', '-b', root, place / 'sample.deb'],
                       check=True, capture_output=True, env=environment)
        subprocess.run([self.source / 'scripts' / 'sbom', '--installed-root', system, '--output',
                        place / 'sbom.json', place / 'sample.deb'], check=True, env=environment)
        return (place / 'sbom.json').read_text(encoding='utf-8')

    def check_bill(self, text, again):
        if text != again:
            yield 'it is another one each time'
        bill = json.loads(text)
        packages = {package['name']: package for package in bill['packages']}
        # SPDX 2.3, annex and clauses 6 to 8 and 11: what a document must have
        for name in ('spdxVersion', 'dataLicense', 'SPDXID', 'name', 'documentNamespace',
                     'creationInfo', 'packages', 'files', 'relationships'):
            if name not in bill:
                yield f'{name} is missing'
        if (bill['spdxVersion'], bill['dataLicense'], bill['creationInfo']['created']) != (
                'SPDX-2.3', 'CC0-1.0', '1970-01-02T00:00:00Z'):
            yield f'its head: {bill["creationInfo"]}'
        if set(packages) != {'yeji-sample', 'libsodium23', 'libc6'}:
            yield f'packages {set(packages)}'
        if (packages['libsodium23']['licenseDeclared'], packages['libsodium23']['versionInfo']) != (
                'ISC', '1.0.18-1'):
            yield f'libsodium: {packages["libsodium23"]}'
        # of "abc", as FIPS 180 has them
        sums = {item['algorithm']: item['checksumValue'] for item in bill['files'][0]['checksums']}
        if sums != {'SHA1': 'a9993e364706816aba3e25717850c26c9cd0d89d', 'SHA256':
                    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'}:
            yield f'sums {sums}'
        known = [item['SPDXID'] for item in bill['packages'] + bill['files']] + [bill['SPDXID']]
        if len(set(known)) != len(known):
            yield 'an identity is there twice'
        yield from (f'{name} is no identity' for name in known
                    if not re.fullmatch(r'SPDXRef-[A-Za-z0-9.-]+', name))
        for relation in bill['relationships']:
            for end in ('spdxElementId', 'relatedSpdxElement'):
                if relation[end] not in known:
                    yield f'{relation[end]} is nowhere'
        kinds = sorted(relation['relationshipType'] for relation in bill['relationships'])
        if kinds != ['CONTAINS', 'DEPENDS_ON', 'DEPENDS_ON', 'DESCRIBES']:
            yield f'relations {kinds}'

    def flatpak_bill(self):
        """the SBOM of a flatpak has what the manifest brings, with sums and licences"""
        path = self.source / 'flatpak' / 'org.yeji.Yeji.json'
        with tempfile.TemporaryDirectory(prefix='yeji-sbom-') as name:
            output = pathlib.Path(name, 'sbom.json')
            subprocess.run([self.source / 'scripts' / 'sbom', '--flatpak', path, '--output', output],
                           check=True)
            bill = json.loads(output.read_text(encoding='utf-8'))
        packages = {package['name']: package for package in bill['packages']}
        manifest = json.loads(path.read_text(encoding='utf-8'))
        brought = {module['name']: module['sources'][0] for module in manifest['modules'][:-1]}
        if set(packages) != {manifest['id'], manifest['runtime'], *brought}:
            yield f'packages {set(packages)}'
        for name, source in brought.items():
            package = packages[name]
            if package['checksums'][0]['checksumValue'] != source['sha256']:
                yield f'{name} has another sum'
            if package['licenseDeclared'] == 'NOASSERTION':
                yield f'{name} has no licence'
        if packages[manifest['id']]['versionInfo'] != self.version:
            yield f'it is of {packages[manifest["id"]]["versionInfo"]}'
        kinds = sorted(relation['relationshipType'] for relation in bill['relationships'])
        if kinds != ['CONTAINS'] * len(brought) + ['DEPENDS_ON', 'DESCRIBES']:
            yield f'relations {kinds}'

    def checks(self):
        return [self.versions, self.dependencies, self.linked, self.page, self.flatpak, self.twin,
                self.manifest, self.archive, self.bill, self.flatpak_bill]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--source', type=pathlib.Path, required=True)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--version', required=True)
    arguments = parser.parse_args()

    checks = Packaging(arguments.source, arguments.build, arguments.version).checks()
    print(f'1..{len(checks)}')
    failed = 0
    for number, check in enumerate(checks, 1):
        complaints = [text for text in check() if text]
        failed += bool(complaints)
        print(f'{"not ok" if complaints else "ok"} {number} - {check.__doc__}')
        for text in complaints:
            print('\n'.join(f'# {line}' for line in text.splitlines()))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
