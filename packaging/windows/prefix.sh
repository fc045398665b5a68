#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# Usage: prefix.sh DIRECTORY [STEP...]
#
# Makes the libraries that Yeji stands on, for 64-bit Windows, in DIRECTORY/prefix: from the source
# packages of Debian 12 that sources.txt names, with Debian's own cross compiler, in 25 minutes of
# two processors. A step is done again when its recipe here, its sources or a step before it have
# changed, and only then. With names of steps no more than these are done.
#
# YEJI_WINDOWS_SOURCES is where the source packages lie or are brought to, by default
# DIRECTORY/sources.

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
[ $# -ge 1 ] || { sed -n '5,13s/^# \?//p' "$0" >&2; exit 2; }
mkdir -p "$1"
work=$(readlink -f "$1")
shift

host=x86_64-w64-mingw32
prefix=$work/prefix
sources=${YEJI_WINDOWS_SOURCES:-$work/sources}
jobs=$(nproc)
export LC_ALL=C.UTF-8 PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig PKG_CONFIG_PATH=

# Each step: its name, and the source packages that it is made of. The order is that of need.
steps='
zlib
gcrypt
libffi      libffi
pcre2       pcre2
gettext     gettext
glib        glib2.0
libpng      libpng1.6
jpeg        libjpeg-turbo
tiff        tiff
pixman      pixman
freetype    freetype
cairo       cairo
fribidi     fribidi
harfbuzz    harfbuzz
pango       pango1.0
epoxy       libepoxy
graphene    graphene
pixbuf      gdk-pixbuf
gtk         gtk4
adwaita     libadwaita-1
sqlite      sqlite3
json        json-glib
psl         libpsl
nghttp2     nghttp2
soup        libsoup3
openssl     openssl
networking  glib-networking
xml         libxml2
archive     libarchive
sodium      libsodium
xlsxwriter  libxlsxwriter
qrencode    qrencode
openjpeg    openjpeg2
poppler     poppler
'

write_tools ()
{
  cat > "$work/stack.ini" <<EOF
[properties]
pkg_config_libdir = '$prefix/lib/pkgconfig'
needs_exe_wrapper = true
[built-in options]
c_args = ['-I$prefix/include']
cpp_args = ['-I$prefix/include']
c_link_args = ['-L$prefix/lib']
cpp_link_args = ['-L$prefix/lib']
EOF
  cat > "$work/toolchain.cmake" <<EOF
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER $host-gcc-posix)
set(CMAKE_CXX_COMPILER $host-g++-posix)
set(CMAKE_RC_COMPILER $host-windres)
set(CMAKE_FIND_ROOT_PATH $prefix)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
EOF
}

# In each recipe $source is the unpacked package and $made an empty folder to build in, where it
# begins. --default-library and the like are given: Debian's own choices are for another system.

with_meson ()
{
  meson setup "$made" "$source" --cross-file "$here/cross.ini" --cross-file "$work/stack.ini" \
    --prefix="$prefix" --libdir=lib -Doptimization=2 -Ddebug=false --default-library=shared \
    --wrap-mode=nofallback "$@"
  ninja -C "$made" -j"$jobs" install
}

with_cmake ()
{
  cmake -G Ninja -S "$source" -B "$made" -DCMAKE_TOOLCHAIN_FILE="$work/toolchain.cmake" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_LIBDIR=lib \
    -DBUILD_SHARED_LIBS=ON "$@"
  ninja -C "$made" -j"$jobs" install
}

# Only configures; no hardening flags, which would want libssp beside every program.
configure ()
{
  local from=$1
  shift
  CC=$host-gcc-posix CXX=$host-g++-posix CFLAGS="${c_flags:--O2}" CXXFLAGS=-O2 \
    CPPFLAGS="-I$prefix/include" LDFLAGS="-L$prefix/lib" "$from/configure" --host=$host \
    --build=x86_64-linux-gnu --prefix="$prefix" --enable-shared --disable-static "$@"
}

with_configure ()
{
  configure "$source" "$@"
  make -j"$jobs"
  make install
}

# A patch of Debian's is newer than what was generated from it; nothing is to be generated again.
settle_times ()
{
  local stamp=$made/stamp

  touch "$source/aclocal.m4" "$stamp"
  find "$source" \( -name Makefile.in -o -name config.h.in \) -exec touch -r "$stamp" {} +
  touch -r "$stamp" "$source/configure"
}

write_pc ()
{
  cat > "$prefix/lib/pkgconfig/$1.pc" <<EOF
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include
Name: $1
Description: $1
Version: $2
Libs: -L\${libdir} $3
Cflags: -I\${includedir}
EOF
}

make_zlib ()   # Debian has it made: libz-mingw-w64-dev
{
  cp /usr/$host/include/{zlib,zconf}.h "$prefix/include/"
  cp /usr/$host/lib/libz.dll.a "$prefix/lib/"
  cp /usr/$host/lib/zlib1.dll "$prefix/bin/"
  write_pc zlib 1.2.13 -lz
}

make_gcrypt ()   # and these: libgcrypt-mingw-w64-dev, libgpg-error-mingw-w64-dev
{
  "$here/add-gcrypt" "$prefix"
}

make_libffi ()
{
  with_configure --disable-docs --disable-multi-os-directory
}

make_pcre2 ()
{
  with_cmake -DPCRE2_BUILD_PCRE2GREP=OFF -DPCRE2_BUILD_TESTS=OFF -DPCRE2_SUPPORT_JIT=ON \
    -DBUILD_STATIC_LIBS=OFF
}

make_gettext ()   # libintl alone
{
  configure "$source/gettext-runtime" --disable-java --disable-csharp --disable-libasprintf \
    --enable-threads=windows --without-libiconv-prefix --disable-rpath --enable-relocatable
  make -C intl -j"$jobs"
  make -C intl install
}

make_glib ()
{
  with_meson -Dtests=false -Dinstalled_tests=false -Dnls=enabled -Dlibmount=disabled \
    -Dxattr=false -Dselinux=disabled -Dlibelf=disabled -Dman=false -Dgtk_doc=false \
    -Dglib_debug=disabled
}

make_libpng ()
{
  with_configure --disable-tools
}

make_jpeg ()
{
  with_cmake -DENABLE_STATIC=OFF -DWITH_TURBOJPEG=OFF -DWITH_JPEG8=ON \
    -DCMAKE_ASM_NASM_COMPILER=nasm -DCMAKE_INSTALL_LIBDIR="$prefix/lib"
}

make_tiff ()
{
  with_cmake -Dtiff-tools=OFF -Dtiff-tests=OFF -Dtiff-contrib=OFF -Dtiff-docs=OFF -Dlzma=OFF \
    -Dzstd=OFF -Dwebp=OFF -Djbig=OFF -Dlibdeflate=OFF -Dcxx=OFF -Dlerc=OFF
}

make_pixman ()
{
  with_meson -Dgtk=disabled -Dlibpng=disabled -Dopenmp=disabled
}

make_freetype ()   # for poppler, and for cairo to draw with what poppler gives it
{
  with_cmake -DFT_REQUIRE_ZLIB=ON -DFT_REQUIRE_PNG=ON -DFT_DISABLE_BZIP2=ON \
    -DFT_DISABLE_HARFBUZZ=ON -DFT_DISABLE_BROTLI=ON
}

make_cairo ()
{
  settle_times
  c_flags='-O2 -w -fno-strict-aliasing' configure "$source" --enable-win32 --enable-win32-font \
    --enable-png --enable-pdf --enable-ps --enable-svg --enable-gobject --disable-xlib \
    --disable-xcb --disable-gl --enable-ft --disable-fc --disable-script --disable-interpreter \
    --disable-trace --disable-pthread --disable-gtk-doc --disable-valgrind \
    --disable-full-testing --disable-symbol-lookup
  grep -rl --include=Makefile FORTIFY_SOURCE . | xargs -r sed -i 's/-Wp,-D_FORTIFY_SOURCE=2//g'
  for part in src util/cairo-gobject; do
    make -C $part -j"$jobs"
    make -C $part install
  done
}

make_fribidi ()
{
  with_meson -Ddocs=false
}

make_harfbuzz ()
{
  with_meson -Dglib=enabled -Dgobject=disabled -Dcairo=disabled -Dchafa=disabled -Dicu=disabled \
    -Dgraphite=disabled -Dfreetype=disabled -Dgdi=enabled -Ddirectwrite=enabled \
    -Dtests=disabled -Dintrospection=disabled -Ddocs=disabled
}

make_pango ()
{
  with_meson -Dintrospection=disabled -Dgtk_doc=false -Dfontconfig=disabled \
    -Dfreetype=disabled -Dlibthai=disabled -Dxft=disabled -Dcairo=enabled
}

make_epoxy ()
{
  with_meson -Dtests=false -Degl=no -Dglx=no -Dx11=false
}

make_graphene ()
{
  with_meson -Dtests=false -Dinstalled_tests=false -Dintrospection=disabled -Dgtk_doc=false
}

make_pixbuf ()
{
  with_meson -Dpng=enabled -Djpeg=enabled -Dtiff=enabled -Dbuiltin_loaders=all \
    -Dintrospection=disabled -Dgtk_doc=false -Dman=false -Dtests=false \
    -Dinstalled_tests=false -Drelocatable=true -Dnative_windows_loaders=false
}

make_gtk ()
{
  with_meson -Dx11-backend=false -Dwayland-backend=false -Dwin32-backend=true \
    -Dmedia-gstreamer=disabled -Dmedia-ffmpeg=disabled -Dprint-cups=disabled -Dvulkan=disabled \
    -Dcloudproviders=disabled -Dtracker=disabled -Dcolord=disabled -Dintrospection=disabled \
    -Ddemos=false -Dbuild-examples=false -Dbuild-tests=false -Dgtk_doc=false -Dman-pages=false
}

make_adwaita ()
{
  with_meson --buildtype=plain "-Dc_args=-O2 -I$prefix/include" -Dintrospection=disabled \
    -Dvapi=false -Dtests=false -Dexamples=false -Dgtk_doc=false
}

make_sqlite ()
{
  "$source/configure"
  make sqlite3.c sqlite3.h
  $host-gcc-posix -O2 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_FTS4 \
    -DSQLITE_ENABLE_FTS3_PARENTHESIS -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_COLUMN_METADATA \
    -DSQLITE_ENABLE_UNLOCK_NOTIFY -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_SECURE_DELETE \
    -DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_MATH_FUNCTIONS \
    -DSQLITE_API='__declspec(dllexport)' -shared sqlite3.c -o libsqlite3-0.dll \
    -Wl,--out-implib,libsqlite3.dll.a
  install -m755 libsqlite3-0.dll "$prefix/bin/"
  install -m644 libsqlite3.dll.a "$prefix/lib/"
  install -m644 sqlite3.h "$source/src/sqlite3ext.h" "$prefix/include/"
  write_pc sqlite3 3.40.1 -lsqlite3
}

make_json ()   # nothing in it wants the meson that it asks for
{
  sed -i "s/meson_version: '>= 1.2.0'/meson_version: '>= 1.0.0'/" "$source/meson.build"
  with_meson -Dintrospection=disabled -Ddocumentation=disabled -Dman=false -Dtests=false \
    -Dconformance=false -Dnls=disabled -Dinstalled_tests=false
}

make_psl ()
{
  with_meson -Druntime=no -Dbuiltin=true -Ddocs=false \
    -Dpsl_file=/usr/share/publicsuffix/public_suffix_list.dat \
    "-Dc_args=-I$prefix/include -D_POSIX_THREAD_SAFE_FUNCTIONS"
}

make_nghttp2 ()
{
  with_cmake -DENABLE_LIB_ONLY=ON -DENABLE_STATIC_LIB=OFF -DENABLE_SHARED_LIB=ON \
    -DENABLE_DOC=OFF -DHAVE_GETTICKCOUNT64=0 -DHAVE_CLOCK_GETTIME=0
}

make_soup ()
{
  with_meson -Dgssapi=disabled -Dntlm=disabled -Dbrotli=disabled -Dtls_check=false \
    -Dintrospection=disabled -Dvapi=disabled -Ddocs=disabled -Dtests=false -Dautobahn=disabled \
    -Dsysprof=disabled -Dpkcs11_tests=disabled
}

make_openssl ()
{
  CC=gcc-posix "$source/Configure" mingw64 --cross-compile-prefix=$host- --prefix="$prefix" \
    --libdir=lib --openssldir=/ssl shared no-tests no-zlib no-legacy no-capieng no-srp \
    no-engine no-idea no-rc5 no-camellia no-aria no-seed no-bf no-cast no-whirlpool no-sm2 \
    no-sm3 no-sm4 no-gost no-cmp no-cms no-ts no-dtls no-ssl3 no-ui-console
  make -j"$jobs" build_libs
  make install_dev
}

make_networking ()   # with OpenSSL, which reads the certificates of Windows
{
  sed -i 's/^gnome.post_install(gio_querymodules/#&/' "$source/meson.build"
  with_meson -Dgnutls=disabled -Dopenssl=enabled -Dlibproxy=disabled \
    -Denvironment_proxy=enabled -Dgnome_proxy=disabled -Dinstalled_tests=false
}

make_xml ()
{
  with_cmake -DLIBXML2_WITH_ICONV=OFF -DLIBXML2_WITH_LZMA=OFF -DLIBXML2_WITH_PYTHON=OFF \
    -DLIBXML2_WITH_TESTS=OFF -DLIBXML2_WITH_PROGRAMS=OFF -DLIBXML2_WITH_ZLIB=ON \
    -DLIBXML2_WITH_THREADS=ON -DLIBXML2_WITH_FTP=OFF -DLIBXML2_WITH_HTTP=OFF
}

make_archive ()
{
  settle_times
  with_configure --disable-bsdtar --disable-bsdcpio --disable-bsdcat --without-bz2lib \
    --without-libb2 --without-iconv --without-lz4 --without-zstd --without-lzma --without-cng \
    --without-nettle --without-openssl --without-xml2 --without-expat --disable-acl \
    --disable-xattr
}

make_sodium ()
{
  rm -f "$source/aclocal.m4" "$source/configure"
  (cd "$source" && autoreconf -fi)
  with_configure --disable-ssp
}

make_xlsxwriter ()
{
  with_cmake -DBUILD_TESTS=OFF -DBUILD_EXAMPLES=OFF -DUSE_STATIC_MSVC_RUNTIME=OFF \
    -DZLIB_INCLUDE_DIR="$prefix/include" -DZLIB_LIBRARY="$prefix/lib/libz.dll.a"
}

make_qrencode ()
{
  with_cmake -DWITH_TOOLS=NO -DWITH_TESTS=NO -DWITHOUT_PNG=ON
  mv "$prefix/lib/libqrencode.dll" "$prefix/bin/"
}

make_openjpeg ()   # scanners put JPEG 2000 into PDF
{
  with_cmake -DBUILD_CODEC=OFF -DBUILD_TESTING=OFF -DBUILD_STATIC_LIBS=OFF
}

make_poppler ()
{
  with_cmake -DFONT_CONFIGURATION=win32 -DENABLE_GLIB=ON -DENABLE_LIBOPENJPEG=openjpeg2 \
    -DENABLE_DCTDECODER=libjpeg -DENABLE_ZLIB=ON -DENABLE_CMS=none -DENABLE_BOOST=OFF \
    -DENABLE_LIBCURL=OFF -DENABLE_NSS3=OFF -DENABLE_CPP=OFF -DENABLE_QT5=OFF -DENABLE_QT6=OFF \
    -DENABLE_UTILS=OFF -DENABLE_GOBJECT_INTROSPECTION=OFF -DENABLE_GTK_DOC=OFF \
    -DENABLE_UNSTABLE_API_ABI_HEADERS=OFF -DBUILD_GTK_TESTS=OFF -DBUILD_QT5_TESTS=OFF \
    -DBUILD_QT6_TESTS=OFF -DBUILD_CPP_TESTS=OFF -DBUILD_MANUAL_TESTS=OFF -DRUN_GPERF_IF_PRESENT=OFF
}

# What the key of a step is made from: how it is made, with what, and all that was made before it.
key_of ()
{
  local name=$1 before=$2
  shift 2
  {
    echo "$before"
    declare -f "make_$name" unpack with_meson with_cmake configure with_configure settle_times \
      write_pc
    cat "$here/cross.ini"
    for package in "$@"; do
      "$here/fetch-sources" --sums "$package"
    done
  } | sha256sum | cut -d' ' -f1
}

# With Debian's patches where its description of the package is among the files, else without.
unpack ()
{
  local file

  file=$("$here/fetch-sources" --sums "$1" | awk '{ print $2 }' | sort | grep -m1 -e '\.dsc$' \
           -e "^[^ ]*\.orig\.tar\.[a-z0-9]*\$")
  if [ "${file%.dsc}" != "$file" ]; then
    dpkg-source --no-check -x "$sources/$file" "$source" > /dev/null
  else
    mkdir -p "$source"
    tar -xf "$sources/$file" -C "$source" --strip-components=1
  fi
}

run_step ()
{
  local name=$1 began=$SECONDS status
  shift
  source=$work/source/$name
  made=$work/build/$name
  rm -rf "$source" "$made"
  mkdir -p "$work/source" "$made"
  if [ $# -gt 0 ]; then
    "$here/fetch-sources" "$sources" "$1"
    unpack "$1"
  fi
  # Asked by "if", it would go on after an error.
  set +e
  (set -e; cd "$made"; "make_$name") > "$work/logs/$name.log" 2>&1
  status=$?
  set -e
  if [ "$status" != 0 ]; then
    tail -20 "$work/logs/$name.log" | cut -c1-400 >&2
    printf 'prefix.sh: %s failed; all of it is in %s\n' "$name" "$work/logs/$name.log" >&2
    return 1
  fi
  rm -rf "$source" "$made"
  printf '== %s: %d s\n' "$name" $((SECONDS - began))
}

mkdir -p "$prefix"/{bin,include,lib/pkgconfig} "$work"/{logs,stamps}
write_tools
key=
while read -r name packages; do
  [ -n "$name" ] || continue
  # shellcheck disable=SC2086  # at most one word
  key=$(key_of "$name" "$key" $packages)
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then
    continue
  fi
  if [ "$(cat "$work/stamps/$name" 2> /dev/null)" = "$key" ]; then
    continue
  fi
  # shellcheck disable=SC2086
  run_step "$name" $packages
  echo "$key" > "$work/stamps/$name"
done <<< "$steps"

# Wherever the prefix is moved, what lies in it is found.
for file in "$prefix"/lib/pkgconfig/*.pc; do
  sed -i "s,^prefix=.*,prefix=\${pcfiledir}/../..,; s,$prefix,\${prefix},g" "$file"
done
