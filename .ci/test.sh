#!/usr/bin/env bash
# Runs pytest on a virtual screen, away from the user's settings; arguments go to pytest.
# The last thing printed is pytest's own summary line, the exit code is pytest's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

room=$(mktemp -d)
server=
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$room"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

start_screen() {
    # The server takes a free display and writes its number once it answers.
    Xvfb -displayfd 3 -screen 0 1600x1000x24 -dpi 96 -noreset -nolisten tcp \
        3>"$room/display" >"$room/xvfb.log" 2>&1 </dev/null &
    server=$!
    for _ in {1..300}; do
        [[ -s $room/display ]] && break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    if [[ ! -s $room/display ]]; then
        cat "$room/xvfb.log" >&2
        echo "test: Xvfb did not start" >&2
        exit 2
    fi
    DISPLAY=":$(<"$room/display")"
    export DISPLAY QT_QPA_PLATFORM=xcb
}

if command -v Xvfb >/dev/null; then
    start_screen
else # not Linux: Qt's own drawing into memory
    export QT_QPA_PLATFORM=offscreen
fi

# Nothing of the user's: no settings, no desktop's theme, scaling, bus or language.
unset WAYLAND_DISPLAY XAUTHORITY XDG_CURRENT_DESKTOP XDG_SESSION_TYPE DESKTOP_SESSION \
    QT_SCALE_FACTOR QT_SCREEN_SCALE_FACTORS QT_AUTO_SCREEN_SCALE_FACTOR QT_FONT_DPI QT_STYLE_OVERRIDE \
    QT_QPA_PLATFORMTHEME QT_PLUGIN_PATH QT_LOGGING_RULES QT_IM_MODULE LC_ALL LANGUAGE \
    PYTHONPATH PYTHONHOME
export LANG=C.UTF-8
export DBUS_SESSION_BUS_ADDRESS=disabled:
mkdir -p "$room"/{home,config,data,cache,state}
mkdir -m 700 "$room/runtime"
export HOME="$room/home" XDG_CONFIG_HOME="$room/config" XDG_DATA_HOME="$room/data" \
    XDG_CACHE_HOME="$room/cache" XDG_STATE_HOME="$room/state" XDG_RUNTIME_DIR="$room/runtime"

code=0
.venv/bin/python -m pytest "$@" || code=$?
exit "$code"
