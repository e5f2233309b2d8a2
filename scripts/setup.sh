#!/bin/sh
# Makes this checkout ready to run:  scripts/setup.sh run|dev|browser
# Each level holds all of the one before; a level that is already set up costs nothing.
set -eu
cd "$(dirname "$0")/.."

case ${1-} in
    run) level=1 lock=requirements.lock ;;
    dev) level=2 lock=requirements-dev.lock ;;
    browser) level=3 lock=requirements-browser.lock ;;
    *) echo "usage: scripts/setup.sh run|dev|browser" >&2; exit 2 ;;
esac

packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fontconfig"
# Playwright's driver is linked to libatomic, which Chromium itself does not need.
[ "$level" -lt 3 ] || packages="$packages chromium libatomic1"

# One test starts a PostgreSQL server of its own, one hands the locale files to msgfmt, one the shell
# of the schedules to shellcheck, some publish by rsync; they are skipped where there is none.
optional=''
[ "$level" -lt 2 ] || optional='postgresql gettext shellcheck rsync'

apt_install='env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends'

say() { echo "setting up: $*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }

# The stamp holds the checkout's path (a virtual environment does not survive a move), the
# checksum of all that decides what is installed, and the level reached.
stamp=.venv/setup-stamp
sum=$(cat requirements*.lock pyproject.toml scripts/setup.sh | cksum)
made_in='' made_of='' made_level=0
if [ -x .venv/bin/python ] && [ -s "$stamp" ]; then
    { read -r made_in && read -r made_of && read -r made_level; } < "$stamp" || made_in=''
fi
if [ "$made_in" = "$PWD" ] && [ "$made_of" = "$sum" ] && [ "$made_level" -ge "$level" ]; then
    exit 0
fi

find_python() {
    for python in ${PYTHON:-python3.11 python3}; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return
        fi
    done
    fail "no Python 3.11 or newer found (tried: ${PYTHON:-python3.11 python3})." \
        "Install one, or name one: make PYTHON=/path/to/python3.11 ..."
}

is_installed() {
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "no dpkg here, so see to these yourself: Pango, HarfBuzz with its subset library," \
            "fontconfig, the Noto CJK fonts$([ "$level" -lt 3 ] || echo ', Chromium')"
        return
    fi
    # Debian splits venv off from Python itself.
    "$python" -c 'import ensurepip' 2>/dev/null ||
        packages="$packages $("$python" -c \
            'import sys; print("python{0.major}.{0.minor}-venv".format(sys.version_info))')"
    missing=''
    for package in $packages; do
        is_installed "$package" || missing="$missing $package"
    done
    wanted=''
    for package in $optional; do
        is_installed "$package" || wanted="$wanted $package"
    done
    [ -n "$missing$wanted" ] || return 0

    if [ "$(id -u)" -eq 0 ]; then
        as_root=''
    elif sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    elif [ -z "$missing" ]; then
        return 0
    else
        fail "Debian packages are missing that only root can install. Run this, then make again:" \
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
    fi
    say "Debian packages:$missing$wanted"
    # A new machine has no package lists and an old one's name files that are gone. That some
    # other repository cannot be updated is no reason to stop.
    $as_root apt-get update -qq || true
    # shellcheck disable=SC2086  # lists of words
    [ -z "$missing" ] || $as_root $apt_install $missing >/dev/null
    [ -z "$wanted" ] || install_optional || say "went on without$wanted"
}

install_optional() {
    # shellcheck disable=SC2086
    for package in $wanted; do
        [ "$package" != postgresql ] || keep_postgresql_from_starting || return
        $as_root $apt_install "$package" >/dev/null || return
    done
}

# The tests run a server of their own: none of the machine's is to be made and started.
keep_postgresql_from_starting() {
    # shellcheck disable=SC2086
    $as_root $apt_install postgresql-common >/dev/null &&
        $as_root sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
}

install_python() {
    rm -f "$stamp"
    # Without a stamp a virtual environment is half made or of unknown content; with one it
    # only has to be brought up to date.
    if [ "$made_in" != "$PWD" ]; then
        say "virtual environment .venv"
        "$python" -m venv --clear .venv
    fi
    say "Python packages (about a minute)"
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
    .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r "$lock"
    .venv/bin/python -m pip install -q --no-build-isolation --no-deps -e .
    printf '%s\n' "$PWD" "$sum" "$level" > "$stamp"
}

# For the tests of valid pages and of Lighthouse; each is skipped without what it needs.
install_from_npm() {
    command -v npm >/dev/null || return 0
    ! command -v java >/dev/null || install_package vnu-jar@26.9.27
    install_package lighthouse@12.8.2
}

install_package() {
    say "$1 (npm)"
    npm install --silent --no-audit --no-fund --prefix .venv/npm "$1" >/dev/null ||
        say "went on without $1"
}

find_python
install_packages
install_python
[ "$level" -lt 3 ] || install_from_npm
