// The files that this process has read, none of which is written over; and those that it may read.
#pragma once

#include <functional>
#include <string>

namespace mailflow {

/// Keeps in mind that the file behind `path` has been read; nothing where there is none.
void note_read(const std::string& path);

/// Whether `path` leads, by whatever name or link, to a file that has been read.
bool was_read(const std::string& path);

/// From here on a file is read only where `may` says so of it, all links followed; said before there are threads.
void read_only_where(std::function<bool(const std::string& followed)> may);
/// Whether this file, with all links followed, may be read.
bool may_read(const std::string& followed);

}  // namespace mailflow
