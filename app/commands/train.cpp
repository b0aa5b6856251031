#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "commands/command.h"
#include "train/advice.h"
#include "train/trainer.h"

namespace crease::commands {

namespace {

struct Options {
  std::string file, precision = "float", device, out, log;
  std::optional<long> steps, epochs;
  std::optional<std::uint64_t> seed;
  int threads = hardware_threads();
  bool json = false;
};

/// A bar on a terminal, nothing elsewhere.
class Progress {
 public:
  explicit Progress(long steps) : steps_(steps), shown_(isatty(STDERR_FILENO) == 1) {}
  ~Progress() {
    if (shown_ && drawn_) fmt::print(stderr, "\r\033[K");
  }
  void show(long done, double epoch, double loss) {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    drawn_ = true;
    constexpr long width = 30;
    const long filled = steps_ > 0 ? done * width / steps_ : width;
    fmt::print(stderr, "\r\033[K{}{}  step {} of {}  epoch {:.2f}  loss {}",
               std::string(static_cast<std::size_t>(filled), '='),
               std::string(static_cast<std::size_t>(width - filled), '.'),
               thousands(static_cast<double>(done)), thousands(static_cast<double>(steps_)), epoch,
               digits(loss));
  }

 private:
  long steps_;
  bool shown_, drawn_ = false;
  std::chrono::steady_clock::time_point last_;
};

/// One row a step; at the end of each epoch also the scores over the whole parts.
class Log {
 public:
  explicit Log(const std::string& file) : file_(file) {
    if (file.empty()) return;
    stream_.open(file);
    stream_ << "step,epoch,batch_loss,loss,test_loss,accuracy,test_accuracy\n";
    flush();
  }
  bool is_open() const { return stream_.is_open(); }
  void row(long step, double epoch, double batch_loss) {
    stream_ << fmt::format("{},{},{}", step, epoch, batch_loss);
  }
  void scores(const Score& training, const Score& test, bool has_test) {
    const auto number = [](bool has, double value) { return has ? fmt::format("{}", value) : ""; };
    stream_ << fmt::format(",{},{},{},{}\n", training.loss, number(has_test, test.loss),
                           number(training.has_accuracy, training.accuracy),
                           number(has_test && test.has_accuracy, test.accuracy));
    flush();
  }
  void end_row() { stream_ << ",,,,\n"; }
  void flush() {
    if (!file_.empty() && !stream_.flush())
      throw Problem(file_, fmt::format("cannot be written: {}", std::strerror(errno)));
  }

 private:
  std::string file_;
  std::ofstream stream_;
};

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

void check_device(const Options& options, const Document& document) {
  const bool wants_gpu = options.device == "gpu" ||
                         (options.device.empty() && document.training.device == Device::gpu);
  if (wants_gpu)
    throw Problem(options.device == "gpu" ? "--device" : options.file + ": training.device",
                  "gpu is not available in this build: allowed are cpu and auto");
}

/// Whether two paths name one file, also where it does not exist yet.
bool same_file(const std::string& a, const std::string& b) {
  std::error_code none;
  const auto place = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, none), none);
  };
  return !a.empty() && !b.empty() &&
         (place(a) == place(b) || std::filesystem::equivalent(a, b, none));
}

void check_files(const Options& options) {
  if (same_file(options.log, options.out))
    throw Problem("--log", "is the file of --out: one would overwrite the other");
  if (same_file(options.log, options.file))
    throw Problem("--log", fmt::format("is the document itself: {} would be lost", options.file));
  if (!options.out.empty()) check_writable(options.out);
}

void report(const Options& options, const Json& result, const std::string& divergence) {
  if (!divergence.empty()) fmt::print(stderr, "{}: {}\n", options.file, divergence);
  if (options.json) {
    print(result);
    return;
  }
  const auto value = [&](const char* name, double scale) {
    return result.at(name).is_null() ? "-" : digits(result.at(name).get<double>() * scale);
  };
  const auto percent = [&](const char* name) {
    return result.at(name).is_null() ? std::string("-")
                                     : fmt::format("{:.2f} %", result.at(name).get<double>() * 100);
  };
  fmt::print("steps {}, epochs {:.2f}, {:.2f} s, {} samples/s on {}\n",
             thousands(result.at("steps").get<double>()), result.at("epochs").get<double>(),
             result.at("seconds").get<double>(),
             thousands(result.at("samples_per_second").get<double>()),
             result.at("device").get<std::string>());
  fmt::print("{:<10} {:>10} {:>10}\n", "", "loss", "accuracy");
  fmt::print("{:<10} {:>10} {:>10}\n", "training", value("loss", 1), percent("accuracy"));
  fmt::print("{:<10} {:>10} {:>10}\n", "test", value("test_loss", 1), percent("test_accuracy"));
}

/// What a shell expects of a program that Ctrl+C ended; ours finishes the step and saves first.
constexpr int status_of_interrupt = 130;

/// How long training took, scores and logging not counted.
struct Effort {
  double seconds = 0, samples = 0;
};

volatile std::sig_atomic_t interrupted = 0;

template <class T>
Effort run(Trainer<T>& trainer, const DataSet& data, long steps, const std::string& log_file) {
  Log log(log_file);
  Progress progress(steps);
  Effort effort;
  std::signal(SIGINT, [](int) { interrupted = 1; });
  for (long i = 0; i < steps && trainer.divergence().empty() && !interrupted; ++i) {
    const double before = trainer.epochs();
    const auto start = std::chrono::steady_clock::now();
    trainer.step();
    effort.seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    effort.samples +=
        (trainer.epochs() - before) * static_cast<double>(trainer.samples_per_epoch());
    progress.show(i + 1, trainer.epochs(), trainer.last_loss());
    if (!log.is_open()) continue;
    log.row(trainer.steps(), trainer.epochs(), trainer.last_loss());
    if (std::floor(trainer.epochs()) > std::floor(before))
      log.scores(trainer.score_training(), trainer.score_test(), !data.test.empty());
    else
      log.end_row();
  }
  log.flush();
  return effort;
}

template <class T>
Json summary(Trainer<T>& trainer, bool has_test, const Effort& effort) {
  const Score training = trainer.score_training(), test = trainer.score_test();
  Json result;
  result["steps"] = trainer.steps();
  result["epochs"] = trainer.epochs();
  result["loss"] = number(training.loss);
  result["test_loss"] = has_test ? number(test.loss) : Json();
  result["accuracy"] = training.has_accuracy ? Json(training.accuracy) : Json();
  result["test_accuracy"] = has_test && test.has_accuracy ? Json(test.accuracy) : Json();
  result["seconds"] = effort.seconds;
  result["samples_per_second"] = effort.seconds > 0 ? effort.samples / effort.seconds : 0;
  result["device"] = "cpu";
  result["weights_hash"] = trainer.weights_hash();
  if (!trainer.divergence().empty()) result["diverged"] = trainer.divergence();
  return result;
}

template <class T>
void train(const Options& options, Document document) {
  check_device(options, document);
  check_files(options);
  if (!document.data) throw Problem(options.file, "has no \"data\": training needs samples");
  if (options.seed) document.training.seed = *options.seed;
  Tasks tasks(options.threads);
  auto data = std::make_shared<const DataSet>(
      in_file(options.file, [&] { return make_data(*document.data, document.folder); }));
  auto trainer =
      in_file(options.file, [&] { return std::make_unique<Trainer<T>>(document, data, tasks); });
  for (const std::string& name : trainer->unknown_weights())
    warn(options.file, no_such_parameter(name));
  if (const std::string advice = outputs_advice(trainer->plan(), document.training, *data);
      !advice.empty())
    warn(options.file, advice);

  const long steps =
      options.steps ? *options.steps : options.epochs.value_or(1) * trainer->steps_per_epoch();
  const Effort effort = run(*trainer, *data, steps, options.log);
  report(options, summary(*trainer, !data->test.empty(), effort), trainer->divergence());
  if (!options.out.empty()) {
    save_document(trainer->document(), options.out);
    if (!options.json) fmt::print("saved as {}\n", options.out);
  }
  if (interrupted) throw CLI::RuntimeError(status_of_interrupt);
}

}  // namespace

void add_train(CLI::App& app) {
  auto* command = app.add_subcommand("train", "train a document's network without a window");
  auto options = std::make_shared<Options>();
  command->add_option("document", options->file, "NAME.crease.json")->required();
  command->add_option("--precision", options->precision, "float or double")
      ->check(CLI::IsMember({"float", "double"}));
  auto* steps = command->add_option("--steps", options->steps, "further optimiser steps")
                    ->check(from_to(0L, most_steps));
  command->add_option("--epochs", options->epochs, "further passes over the training part")
      ->check(from_to(0L, most_steps))
      ->excludes(steps);
  command->add_option("--seed", options->seed, "replaces training.seed")
      ->check([](const std::string& text) -> std::string {
        std::uint64_t seed = 0;
        const char* end = text.data() + text.size();
        const auto [read, error] = std::from_chars(text.data(), end, seed);
        if (read == end && error == std::errc()) return "";
        return fmt::format("{} is no whole number from 0 to {}", text,
                           std::numeric_limits<std::uint64_t>::max());
      });
  command->add_option("--threads", options->threads, "threads to use")
      ->check(from_to(1L, most_threads));
  command->add_option("--device", options->device, "cpu, gpu or auto")
      ->check(CLI::IsMember({"cpu", "gpu", "auto"}));
  command->add_option("--out", options->out, "save the trained document here");
  command->add_option("--log", options->log, "write a CSV file with one row a step");
  command->add_flag("--json", options->json, "print one JSON object");
  command->callback([options] {
    const Document document = open(options->file);
    if (options->precision == "double")
      train<double>(*options, document);
    else
      train<float>(*options, document);
  });
}

}  // namespace crease::commands
