# LibTorch as two imported targets, torch_cpu and c10. The package's own TorchConfig.cmake is not
# used: the one in the PyTorch wheel insists on a CUDA toolkit, which nothing here needs.
if(DEFINED ENV{LIMPID_LIBTORCH} AND NOT LIMPID_LIBTORCH)
    set(LIMPID_LIBTORCH "$ENV{LIMPID_LIBTORCH}")
endif()
if(NOT LIMPID_LIBTORCH)
    if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
        set(LIMPID_LIBTORCH "$ENV{XDG_CACHE_HOME}/limpid/libtorch-2.11.0/torch")
    else()
        set(LIMPID_LIBTORCH "$ENV{HOME}/.cache/limpid/libtorch-2.11.0/torch")
    endif()
endif()
set(LIMPID_LIBTORCH "${LIMPID_LIBTORCH}" CACHE PATH "LibTorch 2.6 or newer: the folder with lib/ and include/" FORCE)

foreach(wanted lib/libtorch_cpu.so lib/libc10.so include/ATen/ATen.h
               include/torch/csrc/api/include/torch/torch.h)
    if(NOT EXISTS "${LIMPID_LIBTORCH}/${wanted}")
        message(FATAL_ERROR
                "No LibTorch at '${LIMPID_LIBTORCH}': ${wanted} was looked for there and is missing.\n"
                "Run packaging/setup.sh, or set LIMPID_LIBTORCH to a folder of LibTorch 2.6 or newer "
                "that holds lib/ and include/ (the official archive, or 'torch' of an installed PyTorch).")
    endif()
endforeach()

foreach(name torch_cpu c10)
    add_library(${name} SHARED IMPORTED GLOBAL)
    set_target_properties(${name} PROPERTIES
        IMPORTED_LOCATION "${LIMPID_LIBTORCH}/lib/lib${name}.so"
        INTERFACE_INCLUDE_DIRECTORIES
        "${LIMPID_LIBTORCH}/include;${LIMPID_LIBTORCH}/include/torch/csrc/api/include")
endforeach()
target_link_options(torch_cpu INTERFACE
    "LINKER:-rpath-link,${LIMPID_LIBTORCH}/../nvidia/cu13/lib:${LIMPID_LIBTORCH}/lib")
target_link_libraries(torch_cpu INTERFACE c10)
