#include "datasets/patch_sampler.h"

#include <gtest/gtest.h>
