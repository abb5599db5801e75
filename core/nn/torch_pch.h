// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one precompiled header of every Torch target: what most of them need, and no more. All of
// <torch/torch.h> would cost each file 3 s of templates that it never uses.
#include <torch/nn/init.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>
#include <torch/utils.h>
