#pragma once
/// The documents of assets/workloads, ready to train.
#include <string>

#include "core/paths.h"
#include "train/trainer.h"

namespace crease::bench {

struct Prepared {
  explicit Prepared(const std::string& name, int threads = 1)
      : document(load_document(assets_folder() / "workloads" / (name + ".crease.json"))),
        tasks(threads),
        data(std::make_shared<const DataSet>(make_data(*document.data, document.folder))),
        trainer(document, data, tasks) {}

  Document document;
  Tasks tasks;
  std::shared_ptr<const DataSet> data;
  Trainer<float> trainer;
};

}  // namespace crease::bench
