#include "metrics/protocol_names.h"

#include <array>
#include <string>

#include "metrics/quoted.h"
#include "metrics/suggestion.h"

namespace bench::metrics {
namespace {

constexpr std::array kNamed{
    NamedProtocols{"matlab-y", 1, "psnr(space=y-bt601-limited-u8,round=u8,crop=0,agg=image-mean)",
                   "ssim(space=y-bt601-limited-u8,round=u8,crop=0,window=gaussian11,pad=valid,"
                   "agg=image-mean)",
                   "evaluate_PSNR_SSIM.m of Restormer's deraining: rgb2ycbcr on uint8, Wang's "
                   "ssim without downsampling"},
    NamedProtocols{"clearer-2020", 1,
                   "psnr(space=rgb,round=none,multiple=64,crop=0,agg=image-mean,ensemble=x8,"
                   "noise=awgn-clip-truncate)",
                   "ssim(space=rgb,round=none,multiple=64,crop=0,window=gaussian11,pad=zero,"
                   "agg=image-mean,ensemble=x8,noise=awgn-clip-truncate)",
                   "test scripts released with CLEARER (NeurIPS 2020): float output clipped to "
                   "[0, 1], pytorch_ssim"},
    NamedProtocols{"clearer-2020-derain", 1,
                   "psnr(space=rgb,round=none,multiple=64,crop=0,agg=image-mean,ensemble=x8)",
                   "ssim(space=rgb,round=none,multiple=64,crop=0,window=gaussian11,pad=zero,"
                   "agg=image-mean,ensemble=x8)",
                   "the same for rainy images, which are taken as found"},
    NamedProtocols{"awgn-float", 1,
                   "psnr(space=rgb,round=none,crop=0,agg=image-mean,noise=awgn-float)",
                   "ssim(space=rgb,round=none,crop=0,window=gaussian11,pad=valid,agg=image-mean,"
                   "noise=awgn-float)",
                   "this project's default for denoising: the literature's float noise, clipped "
                   "float output, one pass, whole images, Wang's SSIM"},
    NamedProtocols{"durn", 1,
                   "psnr(space=rgb,round=truncate,crop=0,agg=image-mean,noise=awgn-float)",
                   "ssim(space=rgb,round=truncate,crop=0,window=uniform7,pad=valid,cov=sample,"
                   "agg=image-mean,noise=awgn-float)",
                   "DuRN (CVPR 2019), noise: gray images, output truncated to uint8, "
                   "scikit-image's default SSIM"},
    NamedProtocols{"durn-rain", 1,
                   "psnr(space=y-bt601-full-u8,round=truncate,crop=0,agg=image-mean)",
                   "ssim(space=y-bt601-full-u8,round=truncate,crop=0,window=uniform7,pad=valid,"
                   "cov=sample,agg=image-mean)",
                   "DuRN (CVPR 2019), rain: OpenCV's full-range Y of the truncated uint8"},
    NamedProtocols{"hinas", 1,
                   "psnr(space=rgb,round=none,clip=no,crop=0,agg=image-mean,noise=awgn-float)",
                   "ssim(space=rgb,round=none,clip=no,crop=0,window=gaussian11,pad=zero,"
                   "agg=image-mean,noise=awgn-float)",
                   "HiNAS (CVPR 2020), journal code: floats times 255, not clipped, pytorch_ssim"},
    NamedProtocols{"kair", 1, "psnr(space=rgb,round=u8,crop=0,agg=image-mean,noise=awgn-float)",
                   "ssim(space=rgb,round=u8,crop=0,window=gaussian11,pad=valid,agg=image-mean,"
                   "noise=awgn-float)",
                   "KAIR and DnCNN: output rounded to uint8, float noise, Wang's SSIM without "
                   "downsampling"},
    NamedProtocols{"prenet", 1, "psnr(space=y-bt601-limited,round=truncate,crop=0,agg=image-mean)",
                   "ssim(space=y-bt601-limited,round=truncate,crop=0,window=gaussian11,pad=valid,"
                   "downsample=wang,agg=image-mean)",
                   "Matlab statistics of PReNet (CVPR 2019): output truncated to uint8, "
                   "rgb2ycbcr on double, Wang's ssim with downsampling"},
    NamedProtocols{"skimage-default", 1, "psnr(space=rgb,round=u8,crop=0,agg=image-mean)",
                   "ssim(space=rgb,round=u8,crop=0,window=uniform7,pad=valid,cov=sample,"
                   "agg=image-mean)",
                   "scikit-image's peak_signal_noise_ratio and structural_similarity on uint8"},
    NamedProtocols{"n3net", 1,
                   "psnr(space=rgb,round=none,crop=0,mse-offset=6.5025e-06,agg=image-mean,"
                   "noise=awgn-float)",
                   "ssim(space=rgb,round=none,crop=0,window=gaussian11,pad=zero,agg=image-mean,"
                   "noise=awgn-float)",
                   "N3Net (NeurIPS 2018): 1e-10 added to the squared error of [0, 1]"},
    NamedProtocols{"nlrn", 1, "psnr(space=rgb,round=u8,crop=16,agg=image-mean)", "",
                   "NLRN (NeurIPS 2018): rounded uint8, 16 pixels cut from each side"},
    NamedProtocols{"derain-toolbox", 1, "psnr(space=rgb,round=u8,crop=0,agg=image-mean)",
                   "ssim(space=rgb,round=u8,crop=0,window=gaussian11,pad=valid,agg=image-mean)",
                   "derain-toolbox and BasicSR's default: RGB, uint8, Wang's SSIM"}};

std::vector<Protocol> protocols_of(const NamedProtocols& named) {
  std::vector<Protocol> protocols{parse_protocol(named.psnr)};
  if (!named.ssim.empty()) protocols.push_back(parse_protocol(named.ssim));
  return protocols;
}

[[noreturn]] void reject_name(std::string_view name) {
  std::vector<std::string_view> known;
  std::string message =
      "protocol " + quoted(name) + ": neither a text like psnr(...) nor a known name; known are";
  for (const auto& named : kNamed) {
    known.push_back(named.name);
    message.append(" ").append(named.name);
  }
  const auto hint = suggestion(name, known);
  throw InvalidProtocol(hint.empty() ? message : message + "; " + hint);
}

}  // namespace

std::span<const NamedProtocols> named_protocols() {
  return kNamed;
}

std::vector<Protocol> resolve(std::string_view name_or_text) {
  if (name_or_text.find('(') != std::string_view::npos) return {parse_protocol(name_or_text)};
  const auto at = name_or_text.find('@');
  const auto name = name_or_text.substr(0, at);
  std::string versions;
  const NamedProtocols* newest = nullptr;
  for (const auto& named : kNamed) {
    if (named.name != name) continue;
    const auto version = std::to_string(named.version);
    if (at != std::string_view::npos && name_or_text.substr(at + 1) == version) {
      return protocols_of(named);
    }
    versions.append(" ").append(name).append("@").append(version);
    if (newest == nullptr || named.version > newest->version) newest = &named;
  }
  if (newest == nullptr) reject_name(name);
  if (at == std::string_view::npos) return protocols_of(*newest);
  throw InvalidProtocol("protocol " + quoted(name_or_text) + ": no such version; known are" +
                        versions);
}

}  // namespace bench::metrics
