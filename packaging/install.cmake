# cmake --install build/release --prefix DIR: the programs, and what they look for beside them.
# LibTorch stays where it is; the installed programs remember the folder they were linked with.
include(GNUInstallDirs)
set(limpid_data ${CMAKE_INSTALL_DATADIR}/limpid)
set_target_properties(limpid limpid-cli PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
install(TARGETS limpid limpid-cli)
install(DIRECTORY models DESTINATION ${limpid_data})
install(FILES resources/sample.jpg DESTINATION ${limpid_data})
install(FILES packaging/linux/limpid.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES resources/limpid.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
