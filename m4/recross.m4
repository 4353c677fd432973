# recross.m4: checks that say which Debian package is missing.

# RX_NEED_MODULE(PREFIX, PKG-CONFIG MODULE, LEAST VERSION, DEBIAN PACKAGE)
AC_DEFUN([RX_NEED_MODULE], [
  PKG_CHECK_MODULES([$1], [$2 >= $3], [],
    [AC_MSG_ERROR([$2 $3 or later was not found.
  On Debian or Ubuntu: apt-get install $4])])
])

# RX_ADD_FLAGS(VARIABLE, FLAGS): adds each flag that the compiler takes.
AC_DEFUN([RX_ADD_FLAGS], [
  for rx_flag in $2; do
    AC_MSG_CHECKING([whether $CC takes $rx_flag])
    rx_saved_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $rx_flag"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM()],
      [AC_MSG_RESULT([yes]); $1="[$]$1 $rx_flag"],
      [AC_MSG_RESULT([no])])
    CFLAGS=$rx_saved_CFLAGS
  done
])
