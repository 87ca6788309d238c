#!/usr/bin/env bash
# Sees to the system libraries Qt needs.   .ci/system.sh offscreen | screen | xvfb
#   offscreen  what draws without a screen
#   screen     and what Qt's xcb plugin needs to open a window under X11
#   xvfb       and the virtual X server the tests open their windows on
# Installs what is missing where it may (root, apt); elsewhere it says what to run and exits 2.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=${1:-offscreen}
[[ "$(uname -s)" == Linux ]] || exit 0

packages=(libegl1 libgl1 libxkbcommon0 libfontconfig1 libfreetype6 libdbus-1-3 libglib2.0-0
    fonts-dejavu-core)
plugins=(libqoffscreen.so)
xcb=(libx11-6 libx11-xcb1 libxkbcommon-x11-0 libxcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0
    libxcb-keysyms1 libxcb-randr0 libxcb-render0 libxcb-render-util0 libxcb-shape0 libxcb-shm0
    libxcb-sync1 libxcb-xfixes0 libxcb-xkb1)
case $mode in
    offscreen) ;;
    screen) packages+=("${xcb[@]}") plugins+=(libqxcb.so) ;;
    xvfb) packages+=("${xcb[@]}" xvfb) plugins+=(libqxcb.so) ;;
    *)
        echo "system: say offscreen, screen or xvfb, not '$mode'" >&2
        exit 64
        ;;
esac

# Names of those packages that dpkg does not hold; Debian 13 renamed some to NAMEt64, which
# then provide the old name.
missing_packages() {
    local held
    # shellcheck disable=SC2016 # the fields are dpkg's
    held=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null |
        sed -n 's/^installed //p' | tr -s ', ' '\n')
    printf '%s\n' "${packages[@]}" | grep -vxFf <(printf '%s\n' "$held") || true
}

# Elsewhere than on Debian: what the loader cannot find for Qt's own plugins.
missing_libraries() {
    local plugin
    for plugin in "${plugins[@]}"; do
        find .venv/lib/python3*/site-packages/PySide6/Qt/plugins/platforms -name "$plugin" \
            -exec ldd {} + 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p'
    done | sort -u
    [[ $mode != xvfb ]] || command -v Xvfb >/dev/null || echo Xvfb
}

if ! command -v dpkg-query >/dev/null; then
    mapfile -t missing < <(missing_libraries)
    [[ ${#missing[@]} -gt 0 ]] || exit 0
    echo "system: Qt needs ${missing[*]}; install them with your system's package manager" >&2
    exit 2
fi

mapfile -t missing < <(missing_packages)
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "system: Qt needs system libraries that are missing; run:" \
        "sudo apt-get install ${missing[*]}" >&2
    exit 2
fi
echo "system: installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
wait_for_dpkg=(-o "DPkg::Lock::Timeout=300")
apt-get "${wait_for_dpkg[@]}" update -qq ||
    echo "system: the package lists could not be refreshed; trying with the old ones" >&2
apt-get "${wait_for_dpkg[@]}" install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
