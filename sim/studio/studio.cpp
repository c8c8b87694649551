#include "studio/studio.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <new>
#include <utility>

#include "core/words.hpp"
#include "report/output_file.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/difference/difference.hpp"
#include "scenario/what_if.hpp"
#include "studio/edits.hpp"
#include "studio/folder.hpp"
#include "studio/pages.hpp"
#include "studio/utc.hpp"

namespace mailflow::studio {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t most_replications = 1000;
constexpr std::int64_t usual_replications = 30;
constexpr std::size_t most_scenarios = 12;
constexpr std::size_t most_changes = 200;

Language language_of(const std::string& accepted) {
  return accepted.starts_with("fr") ? Language::fr : accepted.empty() ? language() : Language::en;
}

Answer in_json(const Json& json, int status = 200) {
  Answer answer;
  answer.status = status;
  answer.body = text_of(json);
  return answer;
}

Answer in_text(std::string json) {
  Answer answer;
  answer.body = std::move(json);
  return answer;
}

Json body_of(const Request& request) {
  Json json = Json::parse(request.body, nullptr, false);
  if (!json.is_object()) throw Refused(400, tr("what is sent is no JSON object"));
  return json;
}

std::string text_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string()) throw Refused(400, tr("\"{}\" is missing, or is no text", key));
  return found->get<std::string>();
}

std::int64_t whole_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_unsigned())
    throw Refused(400, tr("\"{}\" is missing, or is no number", key));
  return found->get<std::int64_t>();
}

Changes changes_in(const Json& json) {
  Changes changes;
  const auto set = json.find("set");
  if (set == json.end() || set->is_null()) return changes;
  const auto is_pair = [](const Json& one) {
    return one.is_array() && one.size() == 2 && one[0].is_string() && one[1].is_string();
  };
  if (!set->is_array() || set->size() > most_changes || !std::all_of(set->begin(), set->end(), is_pair))
    throw Refused(400, tr("\"set\" is a list of at most {} pairs of a path and a value", most_changes));
  for (const Json& one : *set) changes.emplace_back(one[0].get<std::string>(), one[1].get<std::string>());
  return changes;
}

std::string modified(const std::string& path) {
  std::error_code failed;
  const auto at = std::chrono::file_clock::to_sys(fs::last_write_time(path, failed));
  return utc_text(std::chrono::system_clock::to_time_t(std::chrono::time_point_cast<std::chrono::seconds>(at)));
}

/// The path from the folder on of what a file names beside itself.
std::string beside(const std::string& path, const std::string& named) {
  return (fs::path(path).parent_path() / named).lexically_normal().generic_string();
}

Answer page(const std::string& name) {
  const Page* found = page_named(name);
  if (found == nullptr) throw Refused(404, tr("there is no page {}", name));
  Answer answer;
  answer.type = found->type;
  answer.body = found->bytes;
  if (name != "/") answer.headers = {{"Cache-Control", "private, max-age=31536000, immutable"}};
  return answer;
}

void make_safe(Answer& answer) {
  const bool cached = std::any_of(answer.headers.begin(), answer.headers.end(),
                                  [](const auto& header) { return header.first == "Cache-Control"; });
  if (!cached) answer.headers.emplace_back("Cache-Control", "no-store");
  for (const auto& [name, value] :
       {std::pair{"Content-Security-Policy", content_policy}, std::pair{"X-Content-Type-Options", "nosniff"},
        std::pair{"Referrer-Policy", "no-referrer"}, std::pair{"Cross-Origin-Opener-Policy", "same-origin"},
        std::pair{"Cross-Origin-Resource-Policy", "same-origin"}})
    answer.headers.emplace_back(name, value);
}

/// What cannot be shown is there all the same.
FileKind kind_or_other(const std::string& path) {
  try {
    return file_kind(path, read_text(path).text);
  } catch (const Refused&) {
    return {"other", nullptr, ""};
  }
}

}  // namespace

Studio::Studio(Gate gate, std::string data_dir)
    : gate_(std::move(gate)),
      data_dir_(std::move(data_dir)),
      jobs_(data_dir_),
      replays_(jobs_, data_dir_),
      decisions_(jobs_) {}

std::optional<Answer> Studio::refuses_live(const Request& request) const {
  const Speaks speaks(language_of(request.language));
  auto refused = gate_.stops(request, true);
  if (refused) make_safe(*refused);
  return refused;
}

Answer Studio::handle(const Request& request) {
  const Speaks speaks(language_of(request.language));
  Answer answer;
  try {
    if (auto stopped = gate_.stops(request))
      answer = std::move(*stopped);
    else if (request.body.size() > largest_body)
      answer = refusal(413, tr("what is sent is larger than {} MB", largest_body / 1'000'000));
    else
      answer = obey(request);
  } catch (const Refused& refused) {
    answer = refusal(refused.status, refused.what());
  } catch (const OutputFailure& failed) {
    answer = refusal(507, failed.what());
  } catch (const std::bad_alloc&) {
    answer = refusal(503, tr("there is not enough memory for this"));
  } catch (const std::exception& failed) {
    answer = refusal(500, failed.what());
  }
  make_safe(answer);
  return answer;
}

Answer Studio::obey(const Request& request) {
  const std::string& path = request.path;
  const bool gets = request.method == "GET" || request.method == "HEAD";
  const bool posts = request.method == "POST";
  if (path.starts_with("/api/jobs")) return obey_job(request);
  if (gets && !path.starts_with("/api/")) return page(path);
  if (gets && path == "/api/home") return in_json(home());
  if (gets && path == "/api/catalogue") return in_text(catalogue_json());
  if (gets && path == "/api/file") {
    const auto asked = request.query.find("path");
    const std::string file = asked == request.query.end() ? "" : asked->second;
    const FileText found = read_text(file);
    return in_json({{"path", file}, {"text", found.text}, {"version", found.version}});
  }
  if (request.method == "PUT" && path == "/api/file") {
    const Json asked = body_of(request);
    int status = 200;
    const Json json = write(text_in(asked, "path"), text_in(asked, "text"), text_in(asked, "version"), status);
    return in_json(json, status);
  }
  if (posts && path == "/api/model") return in_json(model(body_of(request)));
  if (posts && path == "/api/edit") {
    const Json asked = body_of(request);
    const std::string file = text_in(asked, "path");
    int status = 200;
    const Json json = edited(file, text_in(asked, "text"), asked.value("edits", Json::array()), status);
    return in_json(json, status);
  }
  if (gets && path == "/api/decisions") return in_json(decisions_.all());
  if (posts && path == "/api/decisions") {
    const Json asked = body_of(request);
    return in_json(decisions_.decide(whole_in(asked, "job"), static_cast<std::size_t>(whole_in(asked, "scenario")),
                                     text_in(asked, "reason")));
  }
  if (posts && path == "/api/variants") {
    int status = 200;
    const Json json = variant(body_of(request), status);
    return in_json(json, status);
  }
  throw Refused(404, tr("the studio has nothing at {}", path));
}

Answer Studio::obey_job(const Request& request) {
  constexpr std::string_view jobs = "/api/jobs";
  const bool gets = request.method == "GET" || request.method == "HEAD";
  if (request.path == jobs && gets) return in_json(jobs_.all());
  if (request.path == jobs && request.method == "POST") {
    return in_json(jobs_.ask(job_asked(body_of(request))), 202);
  }
  std::string_view rest = request.path;
  rest.remove_prefix(std::min(jobs.size() + 1, rest.size()));
  std::int64_t id = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), id);
  const std::string_view what = rest.substr(static_cast<std::size_t>(read.ptr - rest.data()));
  if (read.ec == std::errc()) {
    if (gets && Replays::answers(what)) return in_json(replays_.answer(id, what, request.query));
    if (what.empty() && gets) return in_json(jobs_.one(id));
    if ((what == "/report" || what == "/experiment") && gets)
      return in_text(jobs_.made(id, std::string(what.substr(1))));
    if (what == "/cancel" && request.method == "POST") return in_json(jobs_.cancel(id));
  }
  throw Refused(404, tr("the studio has nothing at {}", request.path));
}

Json Studio::home() const {
  Json scenarios = Json::array();
  for (const std::string& path : yaml_files()) {
    const FileKind kind = kind_or_other(path);
    Json one = {{"path", path},
                {"kind", kind.kind},
                {"label", kind.label},
                {"base", kind.base.empty() ? Json(nullptr) : Json(beside(path, kind.base))},
                {"modified", modified(path)}};
    one.update(jobs_.last_answer(path));
    scenarios.push_back(one);
  }
  const auto job = [](const Json& one) {
    return one["job"].is_null() ? std::int64_t{0} : one["job"].get<std::int64_t>();
  };
  std::stable_sort(scenarios.begin(), scenarios.end(), [&](const Json& a, const Json& b) { return job(a) > job(b); });
  return {{"folder", fs::current_path().filename().string()},
          {"program", std::string("mailflow ") + MAILFLOW_VERSION},
          {"most_replications", most_replications},
          {"scenarios", scenarios}};
}

Json Studio::write(const std::string& path, const std::string& text, const std::string& version, int& status) {
  if (!write_text(path, text, version)) {
    status = 409;
    const FileText there = fs::exists(path) ? read_text(path) : FileText{};
    return {{"error", tr("{} has been changed meanwhile", path)}, {"text", there.text}, {"version", there.version}};
  }
  if (written_) written_(text_of({{"files", {path}}}));
  return {{"path", path}, {"version", version_of(text)}};
}

Json Studio::variant(const Json& asked, int& status) {
  const std::string path = text_in(asked, "path");
  const std::string to = text_in(asked, "to");
  hold_within(path);
  if (!well_named(to))
    throw Refused(400, tr("{} is no name for a file here; write for example {}", to, "what-if.yaml"));
  Problems problems;
  LoadOptions options;
  const auto base = read_scenario_with(path, options, problems);
  options.set = changes_in(asked);
  auto changed = read_scenario_with(path, options, problems);
  if (!base || !changed || problems.has_errors()) {
    status = 422;
    return {{"error", tr("{} cannot be changed so", path)}, {"problems", problems_json(problems)}};
  }
  Node label;
  label.kind = Node::Kind::scalar;
  label.text = text_in(asked, "label");
  if (Entry* old = changed->entry("label"); old != nullptr)
    old->value = label;
  else
    changed->entries.push_back({"label", {}, label});
  const std::string from = fs::path(path).lexically_relative(fs::path(to).parent_path()).generic_string();
  return write(to, as_what_if(*base, *changed, from), "", status);
}

Json Studio::model(const Json& asked) const {
  const std::string path = text_in(asked, "path");
  LoadOptions options;
  options.data_dir = data_dir_;
  options.set = changes_in(asked);
  if (asked.contains("text")) options.text = text_in(asked, "text");
  if (options.text) {
    if (!well_named(path)) throw Refused(404, tr("there is no file {} in this folder", path));
  } else {
    hold_within(path);
  }
  return model_view(path, options);
}

JobAsked Studio::job_asked(const Json& asked) const {
  JobAsked job;
  job.language = language();
  const auto scenarios = asked.find("scenarios");
  if (scenarios == asked.end() || !scenarios->is_array() || scenarios->empty() || scenarios->size() > most_scenarios)
    throw Refused(400, tr("\"scenarios\" is a list of 1 to {} scenarios", most_scenarios));
  for (const Json& one : *scenarios) {
    if (!one.is_object()) throw Refused(400, tr("a scenario of a job has a path and a set"));
    job.scenarios.push_back({text_in(one, "path"), changes_in(one)});
    hold_within(job.scenarios.back().path);
  }
  const Json replications = asked.value("replications", Json(usual_replications));
  if (!replications.is_number_integer() || replications < 1 || replications > most_replications)
    throw Refused(400, tr("\"replications\" is a whole number from 1 to {}", most_replications));
  job.replications = replications;
  return job;
}

}  // namespace mailflow::studio
