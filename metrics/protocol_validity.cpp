#include <cmath>

#include "metrics/protocol.h"
#include "metrics/protocol_fields.h"
#include "metrics/protocol_words.h"
#include "metrics/quoted.h"

namespace bench::metrics {
namespace {

void require(bool holds, const Protocol& protocol, const std::string& expectation) {
  if (!holds) throw InvalidProtocol("protocol " + to_string(protocol) + ": " + expectation);
}

void require_only_own_fields(const Protocol& protocol) {
  const Protocol defaults;
  for (const auto& field : protocol_fields()) {
    require(field.concerns(protocol.metric) || field.value(protocol) == field.value(defaults),
            protocol,
            quoted(field.key) + " does not apply to " +
                std::string(word_of(kMetricWords, protocol.metric)) + ". Leave it out");
  }
}

bool needs_bytes(ColorSpace space) {
  return space == ColorSpace::kLumaLimited8Bit || space == ColorSpace::kLumaFull8Bit ||
         space == ColorSpace::kPilL;
}

void require_fitting_patches(const Protocol& protocol) {
  if (protocol.aggregation == Aggregation::kPatchMean) {
    require(protocol.patch >= 1 && protocol.stride >= 1, protocol,
            "agg=patch-mean needs patch and stride of 1 or more pixels, such as "
            "patch=64,stride=64");
  } else {
    require(protocol.patch == 0 && protocol.stride == 0, protocol,
            "patch and stride are allowed only with agg=patch-mean");
  }
}

}  // namespace

void require_valid(const Protocol& protocol) {
  require_only_own_fields(protocol);
  require(protocol.crop >= 0, protocol, "expected a crop of 0 or more pixels");
  require(protocol.multiple >= 1, protocol, "expected a multiple of 1 or more");
  require(std::isfinite(protocol.peak) && protocol.peak > 0.0, protocol,
          "expected a positive peak");
  require(std::isfinite(protocol.mse_offset) && protocol.mse_offset >= 0.0, protocol,
          "expected an mse-offset of 0 or more");
  require(protocol.clip || protocol.rounding == Rounding::kNone, protocol,
          "clip=no is allowed only with round=none, because 8 bits cannot hold values outside [0, "
          "255]");
  require(!needs_bytes(protocol.space) || protocol.rounding != Rounding::kNone, protocol,
          "this space is defined on 8-bit images; say round=u8 or round=truncate");
  require(protocol.aggregation != Aggregation::kMseMean || protocol.metric == Metric::kPsnr,
          protocol, "agg=mse-mean is for psnr only");
  require(
      protocol.aggregation != Aggregation::kMseMean || protocol.space != ColorSpace::kChannelMean,
      protocol, "agg=mse-mean needs one squared error per image; space=channel-mean has three");
  require_fitting_patches(protocol);
}

}  // namespace bench::metrics
