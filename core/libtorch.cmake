# LibTorch as two imported targets, torch_cpu and c10. The package's own TorchConfig.cmake is not
# used: the one in the PyTorch wheel insists on a CUDA toolkit, which nothing here needs.
# Where it is: -DLIMPID_LIBTORCH=DIR, else the environment's LIMPID_LIBTORCH, else what
# packaging/setup.sh unpacked. Only the first is remembered in the cache.
set(LIMPID_LIBTORCH "" CACHE PATH "LibTorch 2.6 or newer: the folder with lib/ and include/")
set(libtorch "${LIMPID_LIBTORCH}")
if(NOT libtorch)
    set(libtorch "$ENV{LIMPID_LIBTORCH}")
endif()
if(NOT libtorch)
    set(user_cache "$ENV{XDG_CACHE_HOME}")
    if(NOT user_cache)
        set(user_cache "$ENV{HOME}/.cache")
    endif()
    set(libtorch "${user_cache}/limpid/libtorch-2.11.0/torch")
endif()

get_filename_component(libtorch "${libtorch}" ABSOLUTE BASE_DIR "${PROJECT_SOURCE_DIR}")

set(libtorch_remedy
    "Run packaging/setup.sh, or set LIMPID_LIBTORCH to a folder of LibTorch 2.6 or newer that "
    "holds lib/ and include/ ('libtorch' of the official archive, or 'torch' of an installed PyTorch).")
set(libtorch_api include/torch/csrc/api/include/torch)
foreach(wanted lib/libtorch_cpu.so lib/libc10.so include/ATen/ATen.h ${libtorch_api}/torch.h)
    if(NOT EXISTS "${libtorch}/${wanted}")
        message(FATAL_ERROR "No LibTorch at '${libtorch}': ${wanted} was looked for there and is "
                "missing.\n" ${libtorch_remedy})
    endif()
endforeach()

# Newer releases moved the numbers from the first file to the second.
set(libtorch_version "")
foreach(header ${libtorch_api}/version.h include/torch/headeronly/version.h)
    if(EXISTS "${libtorch}/${header}")
        file(STRINGS "${libtorch}/${header}" lines REGEX "define TORCH_VERSION_(MAJOR|MINOR) [0-9]+")
        string(REGEX REPLACE ".*MAJOR ([0-9]+).*MINOR ([0-9]+).*" "\\1.\\2" found "${lines}")
        if(found)
            set(libtorch_version "${found}")
        endif()
    endif()
endforeach()
if(libtorch_version AND libtorch_version VERSION_LESS 2.6)
    message(FATAL_ERROR "The LibTorch at '${libtorch}' is ${libtorch_version}.\n" ${libtorch_remedy})
endif()
message(STATUS "Found LibTorch ${libtorch_version}: ${libtorch}")

foreach(name torch_cpu c10)
    add_library(${name} SHARED IMPORTED GLOBAL)
    set_target_properties(${name} PROPERTIES
        IMPORTED_LOCATION "${libtorch}/lib/lib${name}.so"
        INTERFACE_INCLUDE_DIRECTORIES
        "${libtorch}/include;${libtorch}/include/torch/csrc/api/include")
endforeach()
# libtorch_cpu needs cudart and cupti, which lie beside it: cu13 in today's wheels, the other two
# in those for CUDA 12. At run time its own RPATH finds them.
set(nvidia "${libtorch}/../nvidia")
target_link_options(torch_cpu INTERFACE
    "LINKER:-rpath-link,${nvidia}/cu13/lib:${nvidia}/cuda_runtime/lib:${nvidia}/cuda_cupti/lib:${libtorch}/lib")
target_link_libraries(torch_cpu INTERFACE c10)
# Lets ccache keep files that use the precompiled header.
target_compile_options(torch_cpu INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)

# A file with Torch's headers takes 1.3 GB to compile: no more jobs than memory has 2 GB for.
cmake_host_system_information(RESULT memory_megabytes QUERY TOTAL_PHYSICAL_MEMORY)
cmake_host_system_information(RESULT jobs QUERY NUMBER_OF_LOGICAL_CORES)
math(EXPR jobs_in_memory "${memory_megabytes} / 2000")
if(jobs_in_memory LESS jobs)
    set(jobs ${jobs_in_memory})
endif()
if(jobs LESS 1)
    set(jobs 1)
endif()
set_property(GLOBAL APPEND PROPERTY JOB_POOLS limpid_compile=${jobs})
set(CMAKE_JOB_POOL_COMPILE limpid_compile)
