#!/bin/sh
# Finds a Chromium for the browser tests, installs Debian's where it may, else says exactly what to run.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
install="apt-get install -y chromium fonts-noto-cjk"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null && exit 0
fi
echo "The browser tests need Chromium / 瀏覽器測試需要 Chromium: sudo $install" >&2
exit 2
