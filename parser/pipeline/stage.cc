// placeholder until this stage has its first file
