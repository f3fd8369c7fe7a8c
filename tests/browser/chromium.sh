#!/bin/sh
# Finds a Chromium for the browser tests, installs Debian's where it may, else says exactly what to run.
# The one without windows comes first: it does the same in half the time. A whole one does as well.
have() { command -v "$1" >/dev/null 2>&1; }
if have chromium-headless-shell; then exit 0; fi
install="apt-get install -y chromium-headless-shell fonts-noto-cjk"
if [ "$(id -u)" = 0 ] && have apt-get; then
  echo "Installing Chromium for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null && exit 0
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if have "$name"; then exit 0; fi
done
echo "The browser tests need Chromium / 瀏覽器測試需要 Chromium: sudo $install" >&2
exit 2
